#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sign.hpp>

namespace xgrad {
Tensor sign(const Tensor& x) {
  static const auto op = elementwise<1, NumericTypes>("sign", [](const auto& x) { return xt::sign(x); });
  return apply(op, {x});
}

static const Register registered_sign{{
    .name = "sign",
    .signature = "sign(x)",
    .summary = "-1, 0 or 1: the sign of a number.",
    .formula = "x / |x|, 0 at 0",
    .gradient = "none: the result is constant almost everywhere",
}};

}  // namespace xgrad
