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

#include <limits>
#include <numbers>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double right_angle = std::numbers::pi / 2;

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

static const Register registered_arcsin{unary_operator(
    arcsin, -0.9, 0.9,
    {
        .name = "arcsin",
        .summary = "The angle between -pi/2 and pi/2 of a sine.",
        .formula = "arcsin(x)",
        .gradient = "c / sqrt(1 - x^2)",
        .points = {{{0}, 0, 1}, {{1}, right_angle, infinity}, {{-1}, -right_angle, infinity}, {{2}, none, none}},
    })};

static const Register registered_arccos{
    unary_operator(arccos, -0.9, 0.9,
                   {
                       .name = "arccos",
                       .summary = "The angle between 0 and pi of a cosine.",
                       .formula = "arccos(x)",
                       .gradient = "-c / sqrt(1 - x^2)",
                       .points = {{{1}, 0, -infinity}, {{-1}, std::numbers::pi, -infinity}, {{2}, none, none}},
                   })};

static const Register registered_arctan{
    unary_operator(arctan, -3, 3,
                   {
                       .name = "arctan",
                       .summary = "The angle between -pi/2 and pi/2 of a tangent.",
                       .formula = "arctan(x)",
                       .gradient = "c / (1 + x^2)",
                       .points = {{{0}, 0, 1}, {{infinity}, right_angle, 0}, {{-infinity}, -right_angle, 0}},
                   })};

}  // namespace xgrad
