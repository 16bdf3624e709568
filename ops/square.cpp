#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/square.hpp>

namespace xgrad {

Tensor square(const Tensor& x) {
  static const auto op =
      elementwise<1, NumericTypes>("square", [](const auto& x) { return x * x; },
                                   {
                                       .vjp = {[](const Vjp& at) { return at.cotangent() * 2 * at.input(); }},
                                       .simplify = [](auto inputs) -> std::optional<Tensor> {
                                         const auto negated = negative_of(inputs[0]);
                                         return negated ? std::optional(square(*negated)) : std::nullopt;
                                       },
                                   });
  return apply(op, {x});
}

static const Register registered_square{{
    .name = "square",
    .family = OperatorFamily::unary,
    .signature = "square(x)",
    .summary = "x times itself.",
    .formula = "x^2",
    .gradient = "2 * c * x",
}};

}  // namespace xgrad
