#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/erf.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/gelu.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/square.hpp>

#include <numbers>

namespace xgrad {
namespace {

constexpr double inverse_sqrt2 = 1 / std::numbers::sqrt2;
constexpr double density_at_zero = inverse_sqrt2 * std::numbers::inv_sqrtpi;  // of the standard normal distribution

}  // namespace

Tensor gelu(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(FormulaOptions{
      .name = "gelu",
      // With erfc, because 1 + erf would cancel where x is far below 0.
      .formula = [](const auto& x) { return x * number(x, 0.5) * xt::erfc(number(x, -inverse_sqrt2) * x); },
      .vjp = {[](const Vjp& at) {
        const auto& x = at.input();
        return at.cotangent() * (0.5 * erfc(-inverse_sqrt2 * x) + x * (density_at_zero * exp(-0.5 * square(x))));
      }},
      .cost = 32,
  });
  return apply(op, {x});
}

Tensor gelu(const Tensor& x, bool approximate) {
  if (!approximate) return gelu(x);
  expect_floating("gelu", x.dtype());
  // (1 + tanh(u)) / 2 is sigmoid(2 * u), which does not cancel where x is far below 0.
  constexpr double factor = 4 * density_at_zero;  // 2 * sqrt(2 / pi)
  return x * sigmoid(x * (factor + (0.044715 * factor) * square(x)));
}

static const Register registered_gelu{{
    .name = "gelu",
    .family = OperatorFamily::activation,
    .signature = "gelu(x, approximate = false)",
    .summary = "x times the probability that a standard normal number is below x.",
    .formula = "x / 2 * (1 + erf(x / sqrt(2)))",
    .gradient = "c * ((1 + erf(x / sqrt(2))) / 2 + x * e^(-x^2 / 2) / sqrt(2 * pi))",
    .samples =
        [] {
          auto samples = unary_samples(gelu);
          samples.push_back({"approximate", {sample_values({3, 4})}, [](auto x) { return gelu(x[0], true); }});
          return samples;
        },
    .rejections =
        [] {
          auto rejections = floating_rejections("gelu", gelu);
          rejections.push_back({"integer input, approximate", [] { gelu(input({3}, {}, DType::int32), true); },
                                "gelu: expected float32 or float64, but got int32"});
          return rejections;
        },
}};

}  // namespace xgrad
