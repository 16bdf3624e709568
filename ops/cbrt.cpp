#include <xgrad/framework/core/elementary/cube_root.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cbrt.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>

namespace xgrad {
Tensor cbrt(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "cbrt", elementary::cbrt,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() / (3 * square(at.output())); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_cbrt{{
    .name = "cbrt",
    .family = OperatorFamily::unary,
    .signature = "cbrt(x)",
    .summary = "Cube root.",
    .formula = "x^(1/3)",
    .gradient = "c / (3 * cbrt(x)^2)",
}};

}  // namespace xgrad
