#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/log_sigmoid.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sigmoid.hpp>

namespace xgrad {

Tensor log_sigmoid(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "log_sigmoid",
      [](const auto& x) {
        return xt::where(x > number(x, 0), number(x, 0), x) - elementary::log1p(elementary::exp(-xt::abs(x)));
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * sigmoid(-at.input()); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_log_sigmoid{{
    .name = "log_sigmoid",
    .family = OperatorFamily::activation,
    .signature = "log_sigmoid(x)",
    .summary = "Logarithm of sigmoid, without its underflow.",
    .formula = "log(1 / (1 + e^-x)) = min(x, 0) - log(1 + e^-|x|)",
    .gradient = "c * sigmoid(-x)",
}};

}  // namespace xgrad
