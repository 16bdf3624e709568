// Special functions where they are hard: in the tails, near poles and near removable singularities.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/polygamma.hpp>
#include <boost/test/unit_test.hpp>

#include "at_point.hpp"
#include <cmath>
#include <limits>
#include <numbers>

using namespace xgrad;
using test::at_point;

namespace {

constexpr double pi = std::numbers::pi;

double relative_error(double received, double expected) { return std::abs(received - expected) / std::abs(expected); }

}  // namespace

BOOST_AUTO_TEST_SUITE(special_functions)

BOOST_AUTO_TEST_CASE(erfinv_is_precise_in_the_tails) {
  const auto inverse = [](double x) { return eval(erfinv(scalar(x, DType::float64))).item(); };
  for (double x : {1e-300, 1e-8, 0.1, 0.4999, 0.5, 0.7, 0.99, 1 - 1e-6, 1 - 1e-12, std::nextafter(1.0, 0.0)}) {
    BOOST_TEST_CONTEXT(x) {
      const double expected = boost::math::erf_inv(x);
      BOOST_TEST(relative_error(inverse(x), expected) < 2e-15);
      BOOST_TEST(inverse(-x) == -inverse(x));
    }
  }
}

BOOST_AUTO_TEST_CASE(digamma_and_polygamma_of_all_signs_and_sizes) {
  for (double x : {-1e5 - 0.3, -20.25, -0.999, -1e-9, 1e-9, 0.3, 9.99, 10.0, 1e8}) {
    BOOST_TEST_CONTEXT(x) {
      const auto at = at_point([](auto inputs) { return digamma(inputs[0]); }, {x});
      BOOST_TEST(relative_error(at.value, boost::math::digamma(x)) < 1e-13);
      BOOST_TEST(relative_error(at.first, boost::math::polygamma(1, x)) < 1e-13);
      BOOST_TEST(relative_error(at.second, boost::math::polygamma(2, x)) < 1e-12);
    }
  }
}

BOOST_AUTO_TEST_CASE(sinc_has_precise_derivatives_around_0) {
  for (auto dtype : {DType::float32, DType::float64}) {
    const double tolerance = dtype == DType::float32 ? 1e-6 : 1e-14;
    for (double x : {0.0, 1e-12, 1e-4, -1e-2, 0.05}) {
      BOOST_TEST_CONTEXT(x) {
        const double z = pi * x;
        const auto at = at_point([](auto inputs) { return sinc(inputs[0]); }, {x}, dtype);
        const double first = -pi * (z / 3 - std::pow(z, 3) / 30 + std::pow(z, 5) / 840 - std::pow(z, 7) / 45360 +
                                    std::pow(z, 9) / 3991680);
        const double second = -pi * pi *
                              (1.0 / 3 - std::pow(z, 2) / 10 + std::pow(z, 4) / 168 - std::pow(z, 6) / 6480 +
                               std::pow(z, 8) / 443520 - std::pow(z, 10) / 47174400);
        BOOST_TEST(std::abs(at.first - first) <= tolerance * std::abs(first));
        BOOST_TEST(std::abs(at.second - second) <= tolerance * std::abs(second));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(inverse_hyperbolic_functions_do_not_overflow) {
  BOOST_TEST(relative_error(at_point([](auto x) { return arcsinh(x[0]); }, {1e200}).first, 1e-200) < 1e-14);
  BOOST_TEST(relative_error(at_point([](auto x) { return arccosh(x[0]); }, {1e200}).first, 1e-200) < 1e-14);
  BOOST_TEST(relative_error(at_point([](auto x) { return hypot(x[0], x[1]); }, {3e200, 4e200}).first, 0.6) < 1e-14);
}

BOOST_AUTO_TEST_CASE(fmod_and_its_gradient_count_the_same_multiples) {
  const auto by_divisor = [](auto x) { return fmod(x[1], x[0]); };
  BOOST_TEST(at_point(by_divisor, {0.1, 1}).first == -9);  // 1 / 0.1 is 10, but fmod(1, 0.1) is 0.1 - 5.6e-17
}

BOOST_AUTO_TEST_CASE(integers_are_divided_without_traps) {
  const Tensor smallest = constant(xt::xarray<std::int64_t>{std::numeric_limits<std::int64_t>::min()});
  const auto results = compile({}, {floor_divide(smallest, -1), remainder(smallest, -1), fmod(smallest, 0)})();
  BOOST_TEST(results[0].data<std::int64_t>()[0] == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(results[1].item() == 0);
  BOOST_TEST(results[2].item() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
