#include <xgrad/framework/core/elementary/trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sin.hpp>
#include <xgrad/ops/square.hpp>

namespace xgrad {
Tensor sin(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("sin", elementary::sin,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * cos(at.input()); }},
                                        .cost = 20,
                                    });
  return apply(op, {x});
}

Tensor cos(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("cos", elementary::cos,
                                    {
                                        .vjp = {[](const Vjp& at) { return -(at.cotangent() * sin(at.input())); }},
                                        .cost = 20,
                                    });
  return apply(op, {x});
}

Tensor tan(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "tan", elementary::tan,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (square(at.output()) + 1); }},
          .cost = 25,
      });
  return apply(op, {x});
}

static const Register registered_sin{{
    .name = "sin",
    .family = OperatorFamily::unary,
    .signature = "sin(x)",
    .summary = "Sine.",
    .formula = "sin(x)",
    .gradient = "c * cos(x)",
}};

static const Register registered_cos{{
    .name = "cos",
    .family = OperatorFamily::unary,
    .signature = "cos(x)",
    .summary = "Cosine.",
    .formula = "cos(x)",
    .gradient = "-c * sin(x)",
}};

static const Register registered_tan{{
    .name = "tan",
    .family = OperatorFamily::unary,
    .signature = "tan(x)",
    .summary = "Tangent.",
    .formula = "tan(x)",
    .gradient = "c * (1 + tan(x)^2)",
}};

}  // namespace xgrad
