#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {
namespace {

/// Of a product: without the signs of both sides, and without a side that is 1.
template <Tensor (*product)(const Tensor&, const Tensor&)>
std::optional<Tensor> simplified(std::span<const Tensor> inputs) {
  const auto left = negative_of(inputs[0]);
  const auto right = negative_of(inputs[1]);
  if (left && right) return product(*left, *right);
  const auto other = beside_neutral(inputs[0], inputs[1], 1);
  return other ? other : beside_neutral(inputs[1], inputs[0], 1);
}

}  // namespace

Tensor multiply_nonzeros(const Tensor& x, const Tensor& y) {
  static const auto op = elementwise<2, FloatingTypes>(
      "multiply_nonzeros",
      [](const auto& x, const auto& y) {
        return xt::where(xt::equal(x, number(x, 0)), number(x, 0),
                         xt::where(xt::equal(y, number(x, 0)), number(x, 0), x * y));
      },
      {
          .vjp = {[](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(1)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(0)); }},
          .simplify = simplified<multiply_nonzeros>,
      });
  return apply(op, {x, y});
}

Tensor multiply_no_nan(const Tensor& x, const Tensor& weight) {
  static const auto op = elementwise<2, FloatingTypes>(
      "multiply_no_nan",
      [](const auto& x, const auto& weight) {
        return xt::where(xt::equal(weight, number(x, 0)), number(x, 0), x * weight);
      },
      {
          .vjp = {[](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(1)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(0)); }},
          .simplify = simplified<multiply_no_nan>,
      });
  return apply(op, {x, weight});
}

static const Register registered_multiply_no_nan{{
    .name = "multiply_no_nan",
    .family = OperatorFamily::binary,
    .signature = "multiply_no_nan(x, weight)",
    .summary = "x times a weight, and 0 where the weight is 0, whatever x is there.",
    .formula = "x * weight, 0 where weight = 0",
    .gradient = "c * weight for x, c * x for weight, both 0 where a factor is 0",
}};

}  // namespace xgrad
