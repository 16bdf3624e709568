#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>

namespace xgrad {

Tensor exp(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("exp", elementary::exp,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * at.output(); }},
                                        .cost = 5,
                                    });
  return apply(op, {x});
}

static const Register registered_exp{{
    .name = "exp",
    .family = OperatorFamily::unary,
    .signature = "exp(x)",
    .summary = "Exponential function.",
    .formula = "e^x",
    .gradient = "c * e^x",
}};

}  // namespace xgrad
