#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/tanh.hpp>

namespace xgrad {

Tensor tanh(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "tanh", elementary::tanh,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (1 - square(at.output())); }},
          .cost = 8,
      });
  return apply(op, {x});
}

static const Register registered_tanh{{
    .name = "tanh",
    .family = OperatorFamily::unary,
    .signature = "tanh(x)",
    .summary = "Hyperbolic tangent.",
    .formula = "(e^x - e^-x) / (e^x + e^-x)",
    .gradient = "c * (1 - tanh(x)^2)",
}};

}  // namespace xgrad
