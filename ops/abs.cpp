#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sign.hpp>

namespace xgrad {

Tensor abs(const Tensor& x) {
  static const auto op = elementwise<1, DTypes<float, double, std::int32_t, std::int64_t>>(
      "abs", [](const auto& x) { return xt::abs(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * sign(at.input()); }},
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            const auto negated = negative_of(inputs[0]);
            return negated ? std::optional(abs(*negated)) : std::nullopt;
          },
      });
  return apply(op, {x});
}

static const Register registered_abs{{
    .name = "abs",
    .family = OperatorFamily::unary,
    .signature = "abs(x)",
    .summary = "Absolute value.",
    .formula = "|x|",
    .gradient = "c * sign(x), 0 at 0",
}};

}  // namespace xgrad
