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

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

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

static const Register registered_arcsinh{unary_operator(arcsinh, -3, 3,
                                                        {
                                                            .name = "arcsinh",
                                                            .summary = "Inverse of the hyperbolic sine.",
                                                            .formula = "log(x + sqrt(x^2 + 1))",
                                                            .gradient = "c / sqrt(x^2 + 1)",
                                                            .points = {{{0}, 0, 1},
                                                                       {{infinity}, infinity, 0},
                                                                       {{-infinity}, -infinity, 0},
                                                                       {{1e30}, 69.77069997038133, 1e-30}},
                                                        })};

static const Register registered_arccosh{unary_operator(
    arccosh, 1.2, 3,
    {
        .name = "arccosh",
        .summary = "Inverse of the hyperbolic cosine.",
        .formula = "log(x + sqrt(x^2 - 1))",
        .gradient = "c / sqrt(x^2 - 1)",
        .points = {{{1}, 0, infinity}, {{infinity}, infinity, 0}, {{0}, none, none}, {{-1e30}, none, none}},
    })};

static const Register registered_arctanh{
    unary_operator(arctanh, -0.8, 0.8,
                   {
                       .name = "arctanh",
                       .summary = "Inverse of the hyperbolic tangent.",
                       .formula = "log((1 + x) / (1 - x)) / 2",
                       .gradient = "c / (1 - x^2)",
                       .points = {{{0}, 0, 1}, {{1}, infinity, infinity}, {{-1}, -infinity, infinity}},
                   })};

}  // namespace xgrad
