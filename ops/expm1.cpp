#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/expm1.hpp>
#include <xgrad/ops/multiply.hpp>

namespace xgrad {
Tensor expm1(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("expm1", elementary::expm1,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * exp(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

static const Register registered_expm1{{
    .name = "expm1",
    .family = OperatorFamily::unary,
    .signature = "expm1(x)",
    .summary = "e^x - 1, without cancellation near 0.",
    .formula = "e^x - 1",
    .gradient = "c * e^x",
}};

}  // namespace xgrad
