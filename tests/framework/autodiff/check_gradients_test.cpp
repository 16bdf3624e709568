#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/one_hot.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <string>

using namespace xgrad;
using test::check_error;

namespace {

/// x * y, with a rule for y that is wrong in its last element.
Tensor product_with_wrong_rule(const Tensor& x, const Tensor& y) {
  static const auto op =
      elementwise<2, FloatingTypes>("wrong_product", [](const auto& x, const auto& y) { return x * y; },
                                    {.vjp = {[](const Vjp& at) { return at.cotangent() * at.input(1); },
                                             [](const Vjp& at) {
                                               const Array factors(xt::xarray<double>{1, 1, 3});
                                               return at.cotangent() * at.input(0) * constant(factors);
                                             }}});
  return apply(op, {x, y});
}

/// x * x, with a rule that is right but cannot be differentiated again.
Tensor square_with_wrong_second_order(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "wrong_square", [](const auto& x) { return x * x; },
      {.vjp = {[](const Vjp& at) { return at.cotangent() * 2 * stop_gradient(at.input()); }}});
  return apply(op, {x});
}

const Array x_values(xt::xarray<double>{0.5, 1, 2});
const Array y_values(xt::xarray<double>{3, 0.25, 1});

}  // namespace

BOOST_AUTO_TEST_SUITE(gradient_checks)

BOOST_AUTO_TEST_CASE(pass_right_rules_and_report_how_well) {
  const auto report = check_gradients([](auto x) { return x[0] * exp(x[1]); }, {x_values, y_values});
  BOOST_TEST(report.derivatives == 12);  // 6 elements at 2 orders
  BOOST_TEST(report.largest_error < 1e-7);
  BOOST_TEST(report.largest_error > 0);
  BOOST_TEST(check_gradients([](auto x) { return exp(x[0]); }, {x_values}, {.order = 1}).derivatives == 3);
  BOOST_TEST(check_gradients([](auto x) { return exp(x[0]); }, {x_values}, {.order = 3}).derivatives == 9);
}

BOOST_AUTO_TEST_CASE(name_operator_order_input_and_element_of_a_wrong_rule) {
  check_error<GradientError>(
      [] {
        check_gradients([](auto x) { return product_with_wrong_rule(x[0], x[1]); }, {x_values, y_values});
      },
      "check_gradients: wrong_product: derivative of order 1 with respect to element (2,) of input 1: expected ");
  // The same rule is right for whoever asks for x only.
  BOOST_CHECK_NO_THROW(check_gradients([](auto x) { return product_with_wrong_rule(x[0], constant(y_values)); },
                                       {x_values}, {.order = 1}));
}

BOOST_AUTO_TEST_CASE(see_what_is_wrong_at_order_2_only) {
  const auto function = [](auto x) { return square_with_wrong_second_order(x[0]); };
  BOOST_CHECK_NO_THROW(check_gradients(function, {x_values}, {.order = 1}));
  check_error<GradientError>([&] { check_gradients(function, {x_values}); },
                             "derivative of order 2 with respect to element (0,) of input 0");
}

BOOST_AUTO_TEST_CASE(show_the_derivative_expected_and_received) {
  const Array one(1.0);
  const auto tripled = [](auto x) {
    static const auto op = elementwise<1, FloatingTypes>("linear", [](const auto& x) { return x + x; },
                                                         {.vjp = {[](const Vjp& at) { return at.cotangent() * 3; }}});
    return apply(op, {x[0]});
  };
  try {
    check_gradients(tripled, {one}, {.order = 1});
    BOOST_ERROR("a wrong rule passed");
  } catch (const GradientError& error) {
    // The cotangent is the same on both sides, so that expected and received stand as 2 to 3.
    const std::string text = error.what();
    const double expected = std::stod(text.substr(text.find("expected ") + 9));
    const double received = std::stod(text.substr(text.find("the rules give ") + 15));
    BOOST_TEST(received / expected == 1.5, boost::test_tools::tolerance(1e-6));
    BOOST_TEST(text.find("element () of input 0") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(vary_floating_point_inputs_only) {
  const Array labels(xt::xarray<int>{2, 0});
  const auto function = [](auto x) { return x[0] * sum(one_hot(x[1], 3, DType::float64), 0); };
  BOOST_TEST(check_gradients(function, {x_values, labels}).derivatives == 6);
}

BOOST_AUTO_TEST_CASE(take_float32_inputs_as_float64) {
  BOOST_TEST(check_gradients([](auto x) { return exp(x[0]); }, {x_values.cast(DType::float32)}).derivatives == 6);
}

BOOST_AUTO_TEST_CASE(of_no_elements_compare_nothing) {
  BOOST_TEST(check_gradients([](auto x) { return exp(x[0]); }, {Array(DType::float64, {0, 3})}).derivatives == 0);
}

BOOST_AUTO_TEST_CASE(refuse_what_cannot_be_checked) {
  check_error<GradientError>([] { check_gradients([](auto x) { return cast(x[0], DType::int64); }, {x_values}); },
                             "check_gradients: expected 'cast' to give float64");
  check_error<GradientError>([] { check_gradients([](auto x) { return cast(x[0], DType::float32); }, {x_values}); },
                             "check_gradients: expected 'cast' to give float64 for inputs of float64, but got float32");
  check_error<ValueError>([] { check_gradients([](auto x) { return x[0]; }, {Array(1)}); },
                          "check_gradients: expected a floating-point input");
  check_error<ValueError>([] { check_gradients([](auto x) { return x[0]; }, {x_values}, {.order = 0}); }, "order 0");
}

BOOST_AUTO_TEST_SUITE_END()
