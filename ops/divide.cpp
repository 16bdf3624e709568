#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {

Tensor divide(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, FloatingTypes>(
      "divide", [](const auto& x, const auto& y) { return x / y; },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / at.input(1); },
                  [](const Vjp& at) { return -(at.cotangent() * at.output() / at.input(1)); }},
          .cost = 2,
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            const auto left = negative_of(inputs[0]);
            const auto right = negative_of(inputs[1]);
            if (left && right) return *left / *right;
            return beside_neutral(inputs[0], inputs[1], 1);
          },
      });
  return apply(op, {left, right});
}

Tensor operator/(const Tensor& left, const Tensor& right) { return divide(left, right); }
Tensor operator/(const Tensor& left, Number right) { return divide(left, number_like("divide", right, left)); }
Tensor operator/(Number left, const Tensor& right) { return divide(number_like("divide", left, right), right); }

static const Register registered_divide{{
    .name = "divide",
    .family = OperatorFamily::binary,
    .signature = "divide(left, right), left / right",
    .summary = "Quotient of two tensors, element by element, with broadcasting.",
    .formula = "left / right",
    .gradient = "c / right for left, -c * left / right^2 for right",
}};

}  // namespace xgrad
