#include <xgrad/framework/core/elementary/error_function.hpp>
#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/erfinv.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
namespace {

constexpr double sqrt_pi = 1 / std::numbers::inv_sqrtpi;

/// An approximation to some thousandths, for y in [0, 1): S. Winitzki, "A handy approximation for the error function
/// and its inverse", 2008.
double approximate_inverse(double y) {
  constexpr double a = 0.147;
  const double logarithm = elementary::log1p(-y * y);
  const double b = 2 / (std::numbers::pi * a) + logarithm / 2;
  const double root = std::sqrt(b * b - logarithm / a);
  return std::sqrt(b > 0 ? -logarithm / a / (root + b) : root - b);  // the same number: neither form cancels
}

double inverse_error_function(double y) {
  if (!(std::abs(y) < 1)) return std::abs(y) == 1 ? std::copysign(INFINITY, y) : NAN;
  const double magnitude = std::abs(y);
  double x = approximate_inverse(magnitude);
  // Two steps of Halley's method, each of which triples the digits. Above 1/2, 1 - y is exact and erfc keeps the
  // digits.
  for (int step = 0; step < 2; ++step) {
    const double excess = magnitude < 0.5 ? elementary::erf(x) - magnitude : (1 - magnitude) - elementary::erfc(x);
    const double newton = excess * sqrt_pi / 2 * elementary::exp(x * x);
    x -= newton / (1 + x * newton);
  }
  return std::copysign(x, y);
}

}  // namespace

Tensor erfinv(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>(
      "erfinv", [](auto x) { return inverse_error_function(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (sqrt_pi / 2 * exp(square(at.output()))); }},
          .cost = 200,
      });
  return apply(op, {x});
}

static const Register registered_erfinv{{
    .name = "erfinv",
    .family = OperatorFamily::unary,
    .signature = "erfinv(x)",
    .summary = "The inverse of the error function.",
    .formula = "y where erf(y) = x",
    .gradient = "c * sqrt(pi) / 2 * e^(erfinv(x)^2)",
}};

}  // namespace xgrad
