#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/copysign.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>

#include <cmath>
#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

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
    .samples =
        [] {
          auto samples = binary_samples(copysign);
          samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return copysign(x[0], -1); }});
          return samples;
        },
    .rejections =
        [] {
          auto rejections = binary_rejections("copysign", copysign);
          rejections.push_back({"integers", [] { copysign(input({3}, {}, DType::int32), 2); },
                                "copysign: expected one of float32, float64, but got int32"});
          return rejections;
        },
    .points = {{{0, -1}, 0, 0},
               {{3, -0.0}, -3, -1},
               {{-3, 0}, 3, -1},
               {{-3, -2}, -3, 1},
               {{infinity, -1}, -infinity, -1},
               {{3, none}, 3, 1}},
}};

}  // namespace xgrad
