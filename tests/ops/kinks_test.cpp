// What operators do where they cannot be differentiated, and with what is not a number.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "at_point.hpp"
#include "derivatives.hpp"
#include <cmath>
#include <limits>

using namespace xgrad;
using test::at_point;
using test::elements;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr DType floats[] = {DType::float32, DType::float64};

const auto power_of = [](auto x) { return power(x[0], x[1]); };
const auto power_to = [](auto x) { return power(x[1], x[0]); };

}  // namespace

BOOST_AUTO_TEST_SUITE(kinks)

BOOST_AUTO_TEST_CASE(relu_and_abs_have_derivative_0_at_0) {
  for (auto dtype : floats) {
    for (double zero : {0.0, -0.0}) {
      const auto relu_at = at_point([](auto x) { return relu(x[0]); }, {zero}, dtype);
      BOOST_TEST(relu_at.value == 0);
      BOOST_TEST(relu_at.first == 0);
      const auto abs_at = at_point([](auto x) { return abs(x[0]); }, {zero}, dtype);
      BOOST_TEST(abs_at.value == 0);
      BOOST_TEST(abs_at.first == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(sqrt_has_an_infinite_derivative_at_0) {
  BOOST_TEST(at_point([](auto x) { return sqrt(x[0]); }, {0}).first == infinity);
}

BOOST_AUTO_TEST_CASE(maximum_and_minimum_share_a_tie) {
  for (auto dtype : floats) {
    for (const auto& function : {test::PointFunction([](auto x) { return maximum(x[0], x[1]); }),
                                 test::PointFunction([](auto x) { return maximum(x[1], x[0]); }),
                                 test::PointFunction([](auto x) { return minimum(x[0], x[1]); }),
                                 test::PointFunction([](auto x) { return minimum(x[1], x[0]); })}) {
      const auto at = at_point(function, {3, 3}, dtype);
      BOOST_TEST(at.value == 3);
      BOOST_TEST(at.first == 0.5);
    }
  }
}

BOOST_AUTO_TEST_CASE(max_and_min_share_the_cotangent_among_ties) {
  const Tensor x = constant(xt::xarray<double>{{1, 3, 3}, {2, 2, 2}, {5, 4, 0}});
  const auto results = compile({}, {gradients(sum(max(x, 1)), {x})[0], gradients(sum(min(x, 1)), {x})[0]})();
  const double third = 1.0 / 3;
  BOOST_TEST(elements(results[0]) == (std::vector<double>{0, 0.5, 0.5, third, third, third, 1, 0, 0}),
             boost::test_tools::per_element());
  BOOST_TEST(elements(results[1]) == (std::vector<double>{1, 0, 0, third, third, third, 0, 0, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(argmax_takes_the_first_of_equal_elements) {
  const xt::xarray<float> ties{{1, 3, 3}, {2, 2, 2}};
  BOOST_TEST(elements(eval(argmax(constant(ties), -1))) == (std::vector<double>{1, 0}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(argmax_takes_the_first_that_is_not_a_number) {
  xt::xarray<float> x = xt::zeros<float>({37, 300});
  std::vector<double> expected;
  for (std::size_t row = 0; row < 37; ++row) {
    const auto first = 1 + 7 * row;
    x(row, 0) = std::numeric_limits<float>::infinity();
    if (row % 3 != 0) x(row, first) = x(row, 290) = std::numeric_limits<float>::quiet_NaN();
    expected.push_back(row % 3 == 0 ? 0 : static_cast<double>(first));
  }
  BOOST_TEST(elements(eval(argmax(constant(x), -1))) == expected, boost::test_tools::per_element());
  BOOST_TEST(elements(eval(argmax(transpose(constant(x)), 0))) == expected, boost::test_tools::per_element());
  const xt::xarray<std::uint8_t> bytes = xt::arange<std::uint8_t>(0, 200);
  BOOST_TEST(elements(eval(argmax(constant(bytes)))) == std::vector<double>{199}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(power_at_base_0) {
  for (auto dtype : floats) {
    for (const auto& [exponent, value, first, second] :
         {std::tuple(0.0, 1.0, 0.0, 0.0), std::tuple(1.0, 0.0, 1.0, 0.0), std::tuple(2.0, 0.0, 0.0, 2.0),
          std::tuple(3.0, 0.0, 0.0, 0.0), std::tuple(0.5, 0.0, infinity, -infinity)}) {
      BOOST_TEST_CONTEXT("exponent " << exponent << ", " << to_string(dtype)) {
        const auto tensor = at_point(power_of, {0, exponent}, dtype);
        BOOST_TEST(tensor.value == value);
        BOOST_TEST(tensor.first == first);
        BOOST_TEST(tensor.second == second);
        const auto number = at_point([e = exponent](auto x) { return power(x[0], e); }, {0}, dtype);
        BOOST_TEST(number.value == value);
        BOOST_TEST(number.first == first);
        BOOST_TEST(number.second == second);
      }
    }
    BOOST_TEST(at_point(power_of, {0, -1}, dtype).value == infinity);
    for (double exponent : {0.0, 1.0, 2.5}) BOOST_TEST(at_point(power_to, {exponent, 0}, dtype).first == 0);
  }
}

BOOST_AUTO_TEST_CASE(power_of_a_negative_base) {
  const auto cube = at_point([](auto x) { return power(x[0], 3); }, {-2});
  BOOST_TEST(cube.value == -8);
  BOOST_TEST(cube.first == 12);
  BOOST_TEST(cube.second == -12);
  BOOST_TEST(at_point(power_of, {-2, 3}).first == 12);
  BOOST_TEST(std::isnan(at_point(power_of, {-2, 0.5}).value));
}

BOOST_AUTO_TEST_CASE(what_is_not_a_number_stays_visible) {
  for (auto dtype : floats) {
    const test::PointFunction unary[] = {
        [](auto x) { return relu(x[0]); },     [](auto x) { return abs(x[0]); },     [](auto x) { return exp(x[0]); },
        [](auto x) { return log(x[0]); },      [](auto x) { return sqrt(x[0]); },    [](auto x) { return tanh(x[0]); },
        [](auto x) { return softplus(x[0]); }, [](auto x) { return sigmoid(x[0]); },
    };
    for (const auto& function : unary) BOOST_TEST(std::isnan(at_point(function, {none}, dtype).value));
    for (const auto& function : {test::PointFunction([](auto x) { return maximum(x[0], x[1]); }),
                                 test::PointFunction([](auto x) { return minimum(x[0], x[1]); })}) {
      BOOST_TEST(std::isnan(at_point(function, {none, 1}, dtype).value));
      BOOST_TEST(std::isnan(at_point(function, {1, none}, dtype).value));
    }
  }
  xt::xarray<float> row = xt::arange<float>(0, 50);
  row(37) = std::numeric_limits<float>::quiet_NaN();
  row(41) = std::numeric_limits<float>::quiet_NaN();
  const Tensor x = constant(row);
  const auto results = compile({}, {max(x), min(x), sum(x), mean(x), argmax(x)})();
  for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(std::isnan(results[i].item()));
  BOOST_TEST(results[4].item() == 37);
}

BOOST_AUTO_TEST_CASE(reductions_of_nothing) {
  const Tensor x = constant(Array(DType::float32, {0, 3}));
  const auto results = compile({}, {sum(x), mean(x)})();
  BOOST_TEST(results[0].item() == 0);
  BOOST_TEST(std::isnan(results[1].item()));
  const Tensor rows = input({batch, 3}, "rows");
  auto largest = compile({rows}, {max(rows)});
  BOOST_TEST(largest(Array(DType::float32, {0, 3}))[0].item() == -infinity);
}

BOOST_AUTO_TEST_SUITE_END()
