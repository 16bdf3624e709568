#include <xgrad/framework/core/elementary/trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sin.hpp>
#include <xgrad/ops/square.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

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

static const Register registered_sin{
    unary_operator(sin, -3, 3,
                   {
                       .name = "sin",
                       .summary = "Sine.",
                       .formula = "sin(x)",
                       .gradient = "c * cos(x)",
                       .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{infinity}, none, none}},
                   })};

static const Register registered_cos{unary_operator(cos, -3, 3,
                                                    {
                                                        .name = "cos",
                                                        .summary = "Cosine.",
                                                        .formula = "cos(x)",
                                                        .gradient = "-c * sin(x)",
                                                        .points = {{{0}, 1, 0}, {{infinity}, none, none}},
                                                    })};

static const Register registered_tan{
    unary_operator(tan, -1.2, 1.2,
                   {
                       .name = "tan",
                       .summary = "Tangent.",
                       .formula = "tan(x)",
                       .gradient = "c * (1 + tan(x)^2)",
                       .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{infinity}, none, none}},
                   })};

}  // namespace xgrad
