#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/power.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/tanh.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <algorithm>
#include <string>
#include <vector>

using namespace xgrad;
using test::check_error;

namespace {

Tensor number(double value) { return parameter(Array(value), "number"); }

std::size_t count_nodes(std::initializer_list<Tensor> tensors) {
  return nodes_below({tensors.begin(), tensors.size()}).size();
}

/// Twice its input in each of two outputs.
class Split final : public Op {
 public:
  std::string_view name() const override { return "split"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0], inputs[0]}; }
  void forward(const KernelArguments& arguments) const override {
    for (const auto& output : arguments.outputs) *output.as<double>() = 2 * *arguments.inputs[0].as<double>();
  }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return 2 * at.cotangents[0] + 2 * at.cotangents[1];
  }
};

/// An operator whose author wrote no rule.
class Ruleless final : public Op {
 public:
  std::string_view name() const override { return "ruleless"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
};

/// An operator whose rule forgets the dtype.
class WrongDType final : public Op {
 public:
  std::string_view name() const override { return "wrong_dtype"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override { return cast(at.cotangent(), DType::float32); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(gradients_of_graphs)

BOOST_AUTO_TEST_CASE(shared_expressions_accumulate) {
  const Tensor x = number(3);
  const Tensor square = x * x;
  const Tensor loss = square * square + square;  // x^4 + x^2
  BOOST_TEST(eval(gradients(loss, {x})[0]).item() == 4 * 27 + 6);
}

BOOST_AUTO_TEST_CASE(of_intermediate_results_and_of_the_loss_itself) {
  const Tensor x = number(3);
  const Tensor y = x * 2;
  const Tensor loss = y * y;
  const auto grads = gradients(loss, {y, loss, x});
  BOOST_TEST(eval(grads[0]).item() == 12);
  BOOST_TEST(eval(grads[1]).item() == 1);
  BOOST_TEST(eval(grads[2]).item() == 24);
}

BOOST_AUTO_TEST_CASE(broadcast_operands_are_summed_back) {
  const Tensor row = parameter(Array(xt::xarray<double>{1, 2, 3}));
  const Tensor column = parameter(Array(xt::xarray<double>{1, 1}).reshaped({2, 1}));
  const Tensor factor = number(2);
  const auto grads = gradients(sum(row * column * factor), {row, column, factor});
  BOOST_TEST((grads[0].shape() == Shape{3}));
  BOOST_TEST((grads[1].shape() == Shape{2, 1}));
  BOOST_TEST((grads[2].shape() == Shape{}));
  BOOST_TEST(eval(grads[0]).data<double>()[1] == 4);
  BOOST_TEST(eval(grads[1]).data<double>()[1] == 12);
  BOOST_TEST(eval(grads[2]).item() == 12);
}

BOOST_AUTO_TEST_CASE(only_what_is_asked_for_is_built) {
  const Tensor x = number(1);
  const Tensor w = number(2);
  const Tensor aside = tanh(exp(w));  // its rule would add nodes
  const Tensor loss = x * aside;
  const auto before = count_nodes({loss});
  const auto only_x = gradients(loss, {x});
  // d loss / dx is 1 * aside: the one, and the product.
  BOOST_TEST(count_nodes({loss, only_x[0]}) == before + 2);
  const auto only_w = gradients(loss, {w});
  BOOST_TEST(count_nodes({loss, only_w[0]}) > before + 4);
}

BOOST_AUTO_TEST_CASE(an_x_that_does_not_reach_the_loss) {
  const Tensor x = number(1);
  const Tensor other = parameter(Array(xt::xarray<double>{1, 2}), "other");
  const auto zeros = eval(gradients(x * x, {other})[0]);
  BOOST_TEST((zeros.shape() == Extents{2}));
  BOOST_TEST(zeros.data<double>()[0] == 0);
  BOOST_TEST(zeros.data<double>()[1] == 0);
  check_error<GradientError>(
      [&] {
        gradients(x * x, {x, other}, Unconnected::error);
      },
      "gradients: the loss does not depend on parameter 'other' of type float64 (2,)");
  BOOST_CHECK_NO_THROW(gradients(x * x, {x}, Unconnected::error));
}

BOOST_AUTO_TEST_CASE(no_gradient_flows_through_stop_gradient) {
  const Tensor x = number(3);
  BOOST_TEST(eval(gradients(x * stop_gradient(x), {x})[0]).item() == 3);
  BOOST_TEST(eval(x * stop_gradient(x)).item() == 9);
  BOOST_TEST(eval(gradients(stop_gradient(x * x), {x})[0]).item() == 0);
}

BOOST_AUTO_TEST_CASE(of_gradients_of_gradients) {
  const Tensor x = number(2);
  Tensor derivative = power(x, 5);
  for (double expected : {5.0 * 16, 20.0 * 8, 60.0 * 4, 120.0 * 2, 120.0, 0.0}) {
    derivative = gradients(derivative, {x})[0];
    BOOST_TEST(eval(derivative).item() == expected);
  }
}

BOOST_AUTO_TEST_CASE(of_a_loss_that_is_no_floating_point_scalar) {
  const Tensor x = parameter(Array(xt::xarray<float>{1, 2}), "x");
  check_error<GradientError>(
      [&] { gradients(x * 2, {x}); },
      "gradients: expected the loss to be a floating-point scalar, but got the result of multiply of type float32 "
      "(2,); reduce it with mean or sum");
  check_error<GradientError>([&] { gradients(cast(sum(x), DType::int64), {x}); },
                             "but got the result of cast of type int64 ()");
}

BOOST_AUTO_TEST_CASE(through_an_operator_without_a_rule) {
  const Tensor x = number(1);
  const Tensor y = apply(std::make_shared<const Ruleless>(), {x});
  check_error<GradientError>([&] { gradients(y, {x}); }, "ruleless: has no derivative with respect to input 0");
  // Not on the way: not asked.
  BOOST_CHECK_NO_THROW(gradients(stop_gradient(y) * x, {x}));
}

BOOST_AUTO_TEST_CASE(through_a_rule_of_the_wrong_dtype) {
  const Tensor x = number(1);
  check_error<GradientError>([&] { gradients(apply(std::make_shared<const WrongDType>(), {x}), {x}); },
                             "wrong_dtype: the rule of input 0 gave a cotangent of float32, but the input is float64");
}

BOOST_AUTO_TEST_CASE(of_operators_with_several_outputs) {
  const Tensor x = number(3);
  const auto outputs = apply_all(std::make_shared<const Split>(), {x});
  BOOST_TEST(eval(gradients(outputs[1], {x})[0]).item() == 2);
  BOOST_TEST(eval(gradients(outputs[0] * outputs[1], {x})[0]).item() == 24);
}

BOOST_AUTO_TEST_CASE(vjp_takes_a_cotangent_for_each_output) {
  const Tensor x = parameter(Array(xt::xarray<double>{1, 2}));
  const std::vector<Tensor> outputs{x * x, x * 3};
  const std::vector<Tensor> cotangents{constant(xt::xarray<double>{1, 10}), constant(xt::xarray<double>{100, 1000})};
  const Array result = eval(vjp(outputs, cotangents, {&x, 1})[0]);
  BOOST_TEST(result.data<double>()[0] == 2 + 300);
  BOOST_TEST(result.data<double>()[1] == 40 + 3000);
  check_error<GradientError>(
      [&] {
        vjp(outputs, {cotangents.data(), 1}, {&x, 1});
      },
      "vjp: expected a cotangent for each of 2 output(s), but got 1");
  check_error<GradientError>(
      [&] {
        vjp({&outputs[0], 1}, std::vector{number(1)}, {&x, 1});
      },
      "vjp: expected a cotangent of type float64 (2,) for output 0, but got float64 ()");
}

BOOST_AUTO_TEST_CASE(sizes_that_are_symbols_pass_through) {
  const Tensor x = input({batch, 3}, "x");
  const Tensor b = parameter(Array(xt::xarray<float>{1, 2, 3}), "b");
  const Tensor grad = gradients(sum(x * b), {b})[0];
  BOOST_TEST((grad.shape() == Shape{3}));
  auto function = compile({x}, {grad});
  const auto result = function(xt::xarray<float>{{1, 2, 3}, {4, 5, 6}})[0];
  BOOST_TEST(result.data<float>()[2] == 9);
}

BOOST_AUTO_TEST_CASE(of_a_million_nodes_do_not_recurse) {
  const Tensor x = number(1);
  Tensor y = x;
  for (int i = 0; i < 350'000; ++i) y = i % 2 ? y * x : y + x;
  const Tensor derivative = gradients(y, {x})[0];
  BOOST_TEST(count_nodes({derivative}) > 1'000'000);
}

BOOST_AUTO_TEST_SUITE_END()
