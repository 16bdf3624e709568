#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {

Tensor multiply(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise<2, NumericTypes>("multiply", [](const auto& x, const auto& y) { return x * y; },
                                   {
                                       .vjp = {[](const Vjp& at) { return at.cotangent() * at.input(1); },
                                               [](const Vjp& at) { return at.cotangent() * at.input(0); }},
                                       // Not x * 0, which is not 0 for infinities.
                                       .simplify = [](auto inputs) -> std::optional<Tensor> {
                                         const auto left = negative_of(inputs[0]);
                                         const auto right = negative_of(inputs[1]);
                                         if (left && right) return *left * *right;
                                         const auto other = beside_neutral(inputs[0], inputs[1], 1);
                                         return other ? other : beside_neutral(inputs[1], inputs[0], 1);
                                       },
                                   });
  return apply(op, {left, right});
}

Tensor operator*(const Tensor& left, const Tensor& right) { return multiply(left, right); }
Tensor operator*(const Tensor& left, Number right) { return multiply(left, number_like("multiply", right, left)); }
Tensor operator*(Number left, const Tensor& right) { return multiply(number_like("multiply", left, right), right); }

static const Register registered_multiply{{
    .name = "multiply",
    .family = OperatorFamily::binary,
    .signature = "multiply(left, right), left * right",
    .summary = "Product of two tensors, element by element, with broadcasting.",
    .formula = "left * right",
    .gradient = "c * right for left, c * left for right",
}};

}  // namespace xgrad
