#include <xgrad/framework/core/elementary/cube_root.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cbrt.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Tensor cbrt(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "cbrt", elementary::cbrt,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / (3 * square(at.output())); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_cbrt{unary_operator(
    cbrt, 0.4, 3,
    {
        .name = "cbrt",
        .summary = "Cube root.",
        .formula = "x^(1/3)",
        .gradient = "c / (3 * cbrt(x)^2)",
        .points = {{{0}, 0, infinity}, {{-8}, -2, 1.0 / 12}, {{infinity}, infinity, 0}, {{-infinity}, -infinity, 0}},
    })};

}  // namespace xgrad
