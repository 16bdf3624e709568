#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/lerp.hpp>
#include <xgrad/ops/lerp/interpolate.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/subtract.hpp>

namespace xgrad {

Tensor lerp(const Tensor& start, const Tensor& end, const Tensor& weight) {
  static const auto op = elementwise_vectors<3>(
      "lerp", [](auto start, auto end, auto weight) { return interpolate(start, end, weight); },
      {
          .vjp = {[](const Vjp& at) { return multiply_nonzeros(at.cotangent(), 1 - at.input(2)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(2)); },
                  [](const Vjp& at) { return multiply_nonzeros(at.cotangent(), at.input(1) - at.input(0)); }},
          .cost = 2,
      });
  return apply(op, {start, end, weight});
}

Tensor lerp(const Tensor& start, const Tensor& end, double weight) {
  return lerp(start, end, number_like("lerp", weight, start));
}

namespace {}

static const Register registered_lerp{{
    .name = "lerp",
    .family = OperatorFamily::binary,
    .signature = "lerp(start, end, weight)",
    .summary = "Linear interpolation: start where weight is 0, end where it is 1, element by element.",
    .formula = "start + weight * (end - start), from the end where weight >= 0.5; a share of 0 of an infinity is 0",
    .gradient = "c * (1 - weight) for start, c * weight for end, c * (end - start) for weight",
}};

}  // namespace xgrad
