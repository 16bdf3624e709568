#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sqrt.hpp>

namespace xgrad {

Tensor sqrt(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("sqrt", [](const auto& x) { return xt::sqrt(x); },
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * 0.5 / at.output(); }},
                                        .cost = 2,
                                    });
  return apply(op, {x});
}

static const Register registered_sqrt{{
    .name = "sqrt",
    .family = OperatorFamily::unary,
    .signature = "sqrt(x)",
    .summary = "Square root.",
    .formula = "x^(1/2)",
    .gradient = "c / (2 * sqrt(x))",
}};

}  // namespace xgrad
