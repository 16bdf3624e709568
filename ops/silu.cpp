#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/maximum.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/silu.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {
namespace {

/// The derivative of silu, as one formula: 0 and 1 at the infinities, where its parts would make 0 * infinity.
Tensor silu_slope(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "silu_slope", elementary::silu_slope,
      {
          .vjp = {[](const Vjp& at) {
            // Beyond it the slope is constant, and infinity would make NaN.
            const auto x = minimum(maximum(at.input(), -1000), 1000);
            const auto probability = sigmoid(x);
            return at.cotangent() * (probability * (1 - probability) * (2 + x * (1 - 2 * probability)));
          }},
          .cost = 8,
      });
  return apply(op, {x});
}

}  // namespace

Tensor silu(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("silu", elementary::silu,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * silu_slope(at.input()); }},
                                        .cost = 8,
                                    });
  return apply(op, {x});
}

static const Register registered_silu{{
    .name = "silu",
    .family = OperatorFamily::activation,
    .signature = "silu(x)",
    .summary = "x times its sigmoid, also called swish.",
    .formula = "x / (1 + e^-x)",
    .gradient = "c * s * (1 + x * (1 - s)) with s = sigmoid(x)",
}};

}  // namespace xgrad
