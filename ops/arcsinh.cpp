#include <xgrad/framework/core/elementary/inverse_hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/arcsinh.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hypot.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reciprocal.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
Tensor arcsinh(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("arcsinh", elementary::asinh,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() / hypot(at.input(), 1); }},
                                        .cost = 40,
                                    });
  return apply(op, {x});
}

Tensor arccosh(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "arccosh", elementary::acosh,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * rsqrt(at.input() - 1) * rsqrt(at.input() + 1); }},
          .cost = 40,
      });
  return apply(op, {x});
}

Tensor arctanh(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "arctanh", elementary::atanh,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / ((1 - at.input()) * (1 + at.input())); }},
          .cost = 30,
      });
  return apply(op, {x});
}

static const Register registered_arcsinh{{
    .name = "arcsinh",
    .family = OperatorFamily::unary,
    .signature = "arcsinh(x)",
    .summary = "Inverse of the hyperbolic sine.",
    .formula = "log(x + sqrt(x^2 + 1))",
    .gradient = "c / sqrt(x^2 + 1)",
}};

static const Register registered_arccosh{{
    .name = "arccosh",
    .family = OperatorFamily::unary,
    .signature = "arccosh(x)",
    .summary = "Inverse of the hyperbolic cosine.",
    .formula = "log(x + sqrt(x^2 - 1))",
    .gradient = "c / sqrt(x^2 - 1)",
}};

static const Register registered_arctanh{{
    .name = "arctanh",
    .family = OperatorFamily::unary,
    .signature = "arctanh(x)",
    .summary = "Inverse of the hyperbolic tangent.",
    .formula = "log((1 + x) / (1 - x)) / 2",
    .gradient = "c / (1 - x^2)",
}};

}  // namespace xgrad
