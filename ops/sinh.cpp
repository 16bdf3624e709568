#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sinh.hpp>

namespace xgrad {
Tensor sinh(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("sinh", elementary::sinh,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * cosh(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

Tensor cosh(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("cosh", elementary::cosh,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * sinh(at.input()); }},
                                        .cost = 25,
                                    });
  return apply(op, {x});
}

static const Register registered_sinh{{
    .name = "sinh",
    .family = OperatorFamily::unary,
    .signature = "sinh(x)",
    .summary = "Hyperbolic sine.",
    .formula = "(e^x - e^-x) / 2",
    .gradient = "c * cosh(x)",
}};

static const Register registered_cosh{{
    .name = "cosh",
    .family = OperatorFamily::unary,
    .signature = "cosh(x)",
    .summary = "Hyperbolic cosine.",
    .formula = "(e^x + e^-x) / 2",
    .gradient = "c * sinh(x)",
}};

}  // namespace xgrad
