#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/reciprocal.hpp>
#include <xgrad/ops/square.hpp>

namespace xgrad {
Tensor reciprocal(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("reciprocal", [](const auto& x) { return number(x, 1) / x; },
                                    {
                                        .vjp = {[](const Vjp& at) { return -(at.cotangent() * square(at.output())); }},
                                        .cost = 2,
                                    });
  return apply(op, {x});
}

Tensor rsqrt(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "rsqrt", [](const auto& x) { return number(x, 1) / xt::sqrt(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (-0.5 * at.output() * square(at.output())); }},
          .cost = 4,
      });
  return apply(op, {x});
}

static const Register registered_reciprocal{{
    .name = "reciprocal",
    .family = OperatorFamily::unary,
    .signature = "reciprocal(x)",
    .summary = "1 divided by x.",
    .formula = "1 / x",
    .gradient = "-c / x^2",
}};

static const Register registered_rsqrt{{
    .name = "rsqrt",
    .family = OperatorFamily::unary,
    .signature = "rsqrt(x)",
    .summary = "1 divided by the square root of x.",
    .formula = "1 / sqrt(x)",
    .gradient = "-c / (2 * x^(3/2))",
}};

}  // namespace xgrad
