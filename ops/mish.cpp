#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/maximum.hpp>
#include <xgrad/ops/mish.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softplus.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/tanh.hpp>

namespace xgrad {
namespace {

/// The derivative of mish, as one formula: 0 and 1 at the infinities, where its parts would make 0 * infinity.
Tensor mish_slope(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "mish_slope", elementary::mish_slope,
      {
          .vjp = {[](const Vjp& at) {
            // Beyond it the slope is constant, and infinity would make NaN.
            const auto x = minimum(maximum(at.input(), -1000), 1000);
            const auto probability = sigmoid(x);
            const auto t = tanh(softplus(x));
            return at.cotangent() *
                   ((1 - square(t)) * probability * (2 + x * ((1 - probability) - 2 * t * probability)));
          }},
          .cost = 12,
      });
  return apply(op, {x});
}

}  // namespace

Tensor mish(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("mish", elementary::mish,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * mish_slope(at.input()); }},
                                        .cost = 12,
                                    });
  return apply(op, {x});
}

static const Register registered_mish{{
    .name = "mish",
    .family = OperatorFamily::activation,
    .signature = "mish(x)",
    .summary = "x times the hyperbolic tangent of its softplus.",
    .formula = "x * tanh(log(1 + e^x))",
    .gradient = "c * (t + x * sigmoid(x) * (1 - t^2)) with t = tanh(softplus(x))",
}};

}  // namespace xgrad
