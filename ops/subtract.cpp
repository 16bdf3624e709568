#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor subtract(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, NumericTypes>(
      "subtract", [](const auto& x, const auto& y) { return x - y; },
      {
          // The right operand may be smaller: summed first, there is less to negate.
          .vjp = {[](const Vjp& at) { return at.cotangent(); },
                  [](const Vjp& at) { return -sum_to(at.cotangent(), at.input(1).shape()); }},
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            if (const auto negated = negative_of(inputs[1])) return inputs[0] + *negated;
            return beside_neutral(inputs[0], inputs[1], 0);
          },
      });
  return apply(op, {left, right});
}

Tensor operator-(const Tensor& left, const Tensor& right) { return subtract(left, right); }
Tensor operator-(const Tensor& left, Number right) { return subtract(left, number_like("subtract", right, left)); }
Tensor operator-(Number left, const Tensor& right) { return subtract(number_like("subtract", left, right), right); }

static const Register registered_subtract{{
    .name = "subtract",
    .family = OperatorFamily::binary,
    .signature = "subtract(left, right), left - right",
    .summary = "Difference of two tensors, element by element, with broadcasting.",
    .formula = "left - right",
    .gradient = "c for left, -c for right",
}};

}  // namespace xgrad
