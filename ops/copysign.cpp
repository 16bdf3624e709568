#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/copysign.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>

#include <cmath>

namespace xgrad {
Tensor copysign(const Tensor& magnitude, const Tensor& sign) {
  static const auto op = elementwise_loop<2, FloatingTypes>(
      "copysign", [](auto x, auto y) { return std::copysign(x, y); },
      {.vjp = {[](const Vjp& at) { return at.cotangent() * (xgrad::sign(at.input(0)) * xgrad::sign(at.output())); },
               [](const Vjp&) { return std::nullopt; }}});
  return apply(op, {magnitude, sign});
}

Tensor copysign(const Tensor& magnitude, double sign) {
  return copysign(magnitude, number_like("copysign", sign, magnitude));
}

static const Register registered_copysign{{
    .name = "copysign",
    .family = OperatorFamily::binary,
    .signature = "copysign(magnitude, sign)",
    .summary = "The magnitude of one number with the sign of another.",
    .formula = "|magnitude| where sign is positive, else -|magnitude|",
    .gradient = "c * sign(magnitude) * sign(result) for magnitude, none for sign",
}};

}  // namespace xgrad
