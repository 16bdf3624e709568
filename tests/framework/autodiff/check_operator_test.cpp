#include <xgrad/framework/autodiff/check_operator.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

using namespace xgrad;
using test::check_error;

namespace {

using Rule = std::function<Tensor(const Vjp&)>;

/// x^3 with a rule that is chosen anew for each test.
Tensor cube(const Tensor& x);
Rule cube_rule;

Tensor cube(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>("cube", [](const auto& x) { return x * x * x; },
                                                       {.vjp = {[](const Vjp& at) { return cube_rule(at); }}});
  return apply(op, {x});
}

Tensor right(const Vjp& at) { return at.cotangent() * 3 * square(at.input()); }

OperatorEntry cube_entry() {
  return unary_operator(cube,
                        {.name = "cube", .summary = "The third power.", .formula = "x^3", .gradient = "c * 3 * x^2"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operator_check)

BOOST_AUTO_TEST_CASE(passes_for_a_right_rule) {
  cube_rule = right;
  // A matrix, a scalar, one element and none, at two orders.
  BOOST_TEST(check_operator(cube_entry()).derivatives == 2u * (6 + 1 + 1 + 0));
}

BOOST_AUTO_TEST_CASE(names_operator_input_element_and_both_values_of_a_wrong_rule) {
  cube_rule = [](const Vjp& at) { return at.cotangent() * 2 * square(at.input()); };
  check_error<GradientError>([] { check_operator(cube_entry()); },
                             "cube, sample 'matrix': check_gradients: cube: derivative of order 1 with respect to "
                             "element (0, 0) of input 0: expected ");
  check_error<GradientError>([] { check_operator(cube_entry()); }, " by central difference, but the rules give ");
}

BOOST_AUTO_TEST_CASE(finds_a_rule_that_is_not_linear) {
  cube_rule = [](const Vjp& at) { return at.cotangent() * 3 * square(at.input()) + 1e-8 * square(at.cotangent()); };
  check_error<GradientError>([] { check_operator(cube_entry()); },
                             "cube, sample 'matrix': the rule of input 0 is not linear in the cotangent");
}

BOOST_AUTO_TEST_CASE(finds_a_value_that_depends_on_the_dtype) {
  cube_rule = right;
  auto entry = cube_entry();
  entry.samples = [] {
    return unary_samples([](const Tensor& x) { return x.dtype() == DType::float32 ? cube(x) + 1 : cube(x); });
  };
  check_error<ValueError>([&] { check_operator(entry); },
                          "cube, sample 'matrix': float32 beside float64: element (0, 0): expected ");
}

BOOST_AUTO_TEST_CASE(finds_a_value_that_depends_on_whether_the_size_is_known) {
  cube_rule = right;
  auto entry = cube_entry();
  entry.samples = [] {
    return unary_samples([](const Tensor& x) { return x.shape().is_known() ? cube(x) : cube(x) + 1; });
  };
  check_error<ValueError>([&] { check_operator(entry); }, "sample 'matrix': a symbol for the leading size: element ");
}

BOOST_AUTO_TEST_CASE(finds_what_is_not_refused) {
  cube_rule = right;
  auto entry = cube_entry();
  entry.rejections = [] { return std::vector<Rejection>{{"nothing", [] {}, "no such error"}}; };
  check_error<ValueError>([&] { check_operator(entry); },
                          "cube, rejection 'nothing': expected an error with 'no such error', but got none");
  entry.rejections = [] {
    return std::vector<Rejection>{{"integers", [] { cube(input({3}, {}, DType::int32)); }, "no such error"}};
  };
  check_error<ValueError>([&] { check_operator(entry); }, "with 'no such error', but got 'cube: expected one of");
}

BOOST_AUTO_TEST_CASE(needs_samples_and_rejections) {
  check_error<ValueError>([] { check_operator({.name = "cube", .summary = "", .formula = "", .gradient = ""}); },
                          "cube: expected the entry to have samples and rejections, but it has no samples; see");
}

BOOST_AUTO_TEST_SUITE_END()
