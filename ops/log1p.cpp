#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log1p.hpp>

namespace xgrad {
Tensor log1p(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("log1p", elementary::log1p,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() / (at.input() + 1); }},
                                        .cost = 20,
                                    });
  return apply(op, {x});
}

static const Register registered_log1p{{
    .name = "log1p",
    .family = OperatorFamily::unary,
    .signature = "log1p(x)",
    .summary = "log(1 + x), without cancellation near 0.",
    .formula = "log(1 + x)",
    .gradient = "c / (1 + x)",
}};

}  // namespace xgrad
