#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/silu.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor silu(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(FormulaOptions{
      .name = "silu",
      .formula = [](const auto& x) { return x / (number(x, 1) + xt::exp(-x)); },
      .vjp = {[](const Vjp& at) {
        const auto& x = at.input();
        const auto probability = sigmoid(x);
        return at.cotangent() * (probability * (1 + x * (1 - probability)));
      }},
      .cost = 6,
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
    .samples = [] { return unary_samples(silu); },
    .rejections = [] { return floating_rejections("silu", silu); },
    .points = {{{0}, 0, 0.5}, {{1000}, 1000, 1}, {{-1000}, 0, 0}},
}};

}  // namespace xgrad
