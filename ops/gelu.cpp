#include <xgrad/framework/core/elementary/error_function.hpp>
#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/gelu.hpp>
#include <xgrad/ops/maximum.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>

#include <numbers>

namespace xgrad {
namespace {

constexpr double density_at_zero =
    std::numbers::inv_sqrtpi / std::numbers::sqrt2;  // of the standard normal distribution

/// The derivative of gelu, as one formula: 0 and 1 at the infinities, where its parts would make 0 * infinity.
Tensor gelu_slope(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "gelu_slope", elementary::gelu_slope,
      {
          .vjp = {[](const Vjp& at) {
            const auto squared =
                minimum(square(at.input()), 4000);  // the density is 0 there, and infinity would make NaN
            return at.cotangent() * (density_at_zero * exp(-0.5 * squared) * (2 - squared));
          }},
          .cost = 20,
      });
  return apply(op, {x});
}

// Of the approximation, x * (1 + tanh(u)) / 2, where the latter is sigmoid(2 * u), which does not cancel far below 0.
constexpr double linear_factor = 4 * density_at_zero;  // 2 * sqrt(2 / pi)
constexpr double cubic_factor = 0.044715 * linear_factor;
// From here on the sigmoid is 0 or 1, and its argument is not computed, which infinities would make NaN of.
constexpr double saturation = 100;

template <class V>
[[gnu::always_inline]] inline V saturated(V x) {
  using T = elementary::lanes::Number<V>;
  return elementary::lanes::at_most(elementary::lanes::at_least(x, T(-saturation)), T(saturation));
}

struct ApproximateGelu {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = elementary::lanes::Number<V>;
    const V inside = saturated(x);
    const V inner = V(T(linear_factor)) + V(T(cubic_factor)) * (inside * inside);
    return elementary::lanes::at_least(x, T(-saturation)) * elementary::lanes::Sigmoid()(inside * inner);
  }
};

struct ApproximateGeluSlope {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = elementary::lanes::Number<V>;
    const V inside = saturated(x);
    const V square = inside * inside;
    const V share = elementary::lanes::Sigmoid()(inside * (V(T(linear_factor)) + V(T(cubic_factor)) * square));
    const V slope = V(T(linear_factor)) + V(T(3 * cubic_factor)) * square;
    return share + inside * (share * (V(1) - share)) * slope;
  }
};

Tensor approximate_slope(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "approximate_gelu_slope", elementary::Function<ApproximateGeluSlope>(),
      {
          .vjp = {[](const Vjp& at) {
            const auto x = minimum(maximum(at.input(), -saturation), saturation);
            const auto share = sigmoid(x * (linear_factor + cubic_factor * square(x)));
            const auto first = linear_factor + 3 * cubic_factor * square(x);
            const auto curvature = 2 * first + x * (6 * cubic_factor * x + (1 - 2 * share) * square(first));
            return at.cotangent() * (share * (1 - share) * curvature);
          }},
          .cost = 20,
      });
  return apply(op, {x});
}

Tensor approximate_gelu(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "approximate_gelu", elementary::Function<ApproximateGelu>(),
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * approximate_slope(at.input()); }},
          .cost = 20,
      });
  return apply(op, {x});
}

}  // namespace

Tensor gelu(const Tensor& x) {
  static const auto op =
      elementwise<1, FloatingTypes>("gelu", elementary::gelu,
                                    {
                                        .vjp = {[](const Vjp& at) { return at.cotangent() * gelu_slope(at.input()); }},
                                        .cost = 20,
                                    });
  return apply(op, {x});
}

Tensor gelu(const Tensor& x, bool approximate) {
  expect_floating("gelu", x.dtype());
  return approximate ? approximate_gelu(x) : gelu(x);
}

static const Register registered_gelu{{
    .name = "gelu",
    .family = OperatorFamily::activation,
    .signature = "gelu(x, approximate = false)",
    .summary = "x times the probability that a standard normal number is below x.",
    .formula = "x / 2 * (1 + erf(x / sqrt(2)))",
    .gradient = "c * ((1 + erf(x / sqrt(2))) / 2 + x * e^(-x^2 / 2) / sqrt(2 * pi))",
}};

}  // namespace xgrad
