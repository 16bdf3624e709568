#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/autodiff/custom_gradient.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <string>

using namespace xgrad;
using test::check_error;

namespace {

Tensor number(double value) { return parameter(Array(value)); }

/// log(1 + e^x) with the rule that does not overflow.
Tensor stable_softplus(const Tensor& x) {
  return custom_gradient(log(1 + exp(x)), {x}, {[](const Vjp& at) { return at.cotangent() * sigmoid(at.input()); }});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(custom_gradients)

BOOST_AUTO_TEST_CASE(come_from_the_rule_and_not_from_the_value) {
  const Tensor x = number(3);
  const Tensor hidden = x * x;
  const Tensor y = custom_gradient(hidden, {x}, {[](const Vjp& at) { return at.cotangent() * 100; }});
  const auto slopes = gradients(y * 2, {x, hidden});
  BOOST_TEST(eval(y).item() == 9);
  BOOST_TEST(eval(slopes[0]).item() == 200);
  BOOST_TEST(eval(slopes[1]).item() == 0);
}

BOOST_AUTO_TEST_CASE(see_inputs_output_and_cotangent) {
  const Tensor x = number(3);
  const Tensor y = number(5);
  const auto rule = [](const Vjp& at) { return at.cotangent() + at.input(0) * 10 + at.input(1) * 100 + at.output(); };
  const auto none = [](const Vjp&) { return std::nullopt; };
  const Tensor result = custom_gradient(x * y, {x, y}, {rule, none});
  const auto slopes = gradients(result, {x, y});
  BOOST_TEST(eval(slopes[0]).item() == 1 + 30 + 500 + 15);
  BOOST_TEST(eval(slopes[1]).item() == 0);
}

BOOST_AUTO_TEST_CASE(have_all_orders_and_forward_mode) {
  check_gradients([](auto x) { return stable_softplus(x[0]); }, {sample_values({2, 3})});
  const Tensor x = number(0);
  BOOST_TEST(eval(jvp({stable_softplus(x)}, {x}, {number(3)})[0]).item() == 1.5);
  BOOST_TEST(eval(gradients(stable_softplus(number(1000)), {x})[0]).item() == 0);
}

BOOST_AUTO_TEST_CASE(are_summed_back_over_broadcast_axes) {
  const Tensor x = parameter(sample_values({3}));
  const Tensor y = parameter(sample_values({2, 3}));
  const Tensor sums = custom_gradient(x + y, {x}, {[](const Vjp& at) { return at.cotangent(); }});
  BOOST_TEST(eval(sum(gradients(sum(sums), {x})[0])).item() == 6);
}

BOOST_AUTO_TEST_CASE(cost_nothing_when_compiled) {
  const Tensor x = input({batch, 3}, "x");
  const Tensor y = custom_gradient(exp(x), {x}, {[](const Vjp& at) { return at.cotangent(); }});
  BOOST_TEST(compile({x}, {y}).explain() == compile({x}, {exp(x)}).explain());
  // Nor is a cast to a reshape, without the pass that drops it, an error.
  auto plain = compile({x}, {y}, {}, {.passes = {.algebra = false}});
  BOOST_TEST(plain(xt::xarray<float>{{0, 0, 0}})[0].data<float>()[2] == 1);
}

BOOST_AUTO_TEST_CASE(name_what_does_not_fit) {
  const Tensor x = input({3}, "x");
  check_error<GradientError>([&] { custom_gradient(x, {x}, {}); },
                             "custom_gradient: expected a rule for each of 1 x(s), but got 0");
  check_error<GradientError>([&] { custom_gradient(input({3}, "i", DType::int32), {}, {}); },
                             "custom_gradient: expected a floating-point value, but got int32; cast it to float32");
}

BOOST_AUTO_TEST_SUITE_END()
