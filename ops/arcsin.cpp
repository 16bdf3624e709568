#include <xgrad/framework/core/elementary/inverse_trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/arcsin.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/reciprocal.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
namespace {

/// 1 / sqrt(1 - x^2), without cancellation near -1 and 1.
Tensor arcsin_slope(const Tensor& x) { return rsqrt((1 - x) * (1 + x)); }

}  // namespace

Tensor arcsin(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "arcsin", elementary::asin,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * arcsin_slope(at.input()); }},
          .cost = 20,
      });
  return apply(op, {x});
}

Tensor arccos(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "arccos", elementary::acos,
      {
          .vjp = {[](const Vjp& at) { return -(at.cotangent() * arcsin_slope(at.input())); }},
          .cost = 20,
      });
  return apply(op, {x});
}

Tensor arctan(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "arctan", elementary::atan,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / (square(at.input()) + 1); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_arcsin{{
    .name = "arcsin",
    .family = OperatorFamily::unary,
    .signature = "arcsin(x)",
    .summary = "The angle between -pi/2 and pi/2 of a sine.",
    .formula = "arcsin(x)",
    .gradient = "c / sqrt(1 - x^2)",
}};

static const Register registered_arccos{{
    .name = "arccos",
    .family = OperatorFamily::unary,
    .signature = "arccos(x)",
    .summary = "The angle between 0 and pi of a cosine.",
    .formula = "arccos(x)",
    .gradient = "-c / sqrt(1 - x^2)",
}};

static const Register registered_arctan{{
    .name = "arctan",
    .family = OperatorFamily::unary,
    .signature = "arctan(x)",
    .summary = "The angle between -pi/2 and pi/2 of a tangent.",
    .formula = "arctan(x)",
    .gradient = "c / (1 + x^2)",
}};

}  // namespace xgrad
