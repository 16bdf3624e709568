#include "functions.hpp"

#include <xgrad/framework/core/elementary/cube_root.hpp>
#include <xgrad/framework/core/elementary/error_function.hpp>
#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementary/inverse_hyperbolic.hpp>
#include <xgrad/framework/core/elementary/inverse_trigonometric.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementary/logistic.hpp>
#include <xgrad/framework/core/elementary/trigonometric.hpp>

#include <cmath>
#include <limits>
#include <numbers>

namespace xgrad::test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double half_pi = std::numbers::pi / 2;

template <class Kernel>
ElementaryFunction row(std::string name, elementary::Function<Kernel>, long double (*exact)(long double), double low,
                       double high, std::vector<ExactValue> values) {
  using Function = elementary::Function<Kernel>;
  return {.name = name,
          .formula = elementwise<1, FloatingTypes>(name, Function()),
          .float_number = [](float x) { return Function()(x); },
          .double_number = [](double x) { return Function()(x); },
          .exact = exact,
          .low = low,
          .high = high,
          .values = std::move(values)};
}

ElementaryFunction crossing_zero(ElementaryFunction function) {
  function.crosses_zero = true;
  return function;
}

/// The probability that a standard normal number is below x. In the tail, the rounding error of z would count z^2
/// times.
long double normal(long double x) {
  const long double z = -x / std::sqrt(2.0L);
  const long double half_square = x * x / 2;
  const long double square = z * z;
  const long double lost = (half_square - square) + (std::fma(x, x / 2, -half_square) - std::fma(z, z, -square));
  return std::erfc(z) / 2 * (z > 1 && z < 100 ? std::exp(-lost) : 1);
}

long double gelu(long double x) { return x < -1000 ? -0.0L : x * normal(x); }

long double gelu_slope(long double x) {
  if (std::abs(x) > 1000) return x < 0 ? 0 : 1;
  return normal(x) + x * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi_v<long double>);
}

long double sigmoid(long double x) { return 1 / (1 + std::exp(-x)); }

long double silu(long double x) { return x < -5000 ? -0.0L : x * sigmoid(x); }

long double silu_slope(long double x) {
  if (std::abs(x) > 5000) return x < 0 ? 0 : 1;
  return sigmoid(x) * (1 + x * sigmoid(-x));
}

long double mish(long double x) {
  if (std::abs(x) > 5000) return x < 0 ? -0.0L : x;
  return x * std::tanh(std::log1p(std::exp(x)));
}

long double mish_slope(long double x) {
  if (std::abs(x) > 5000) return x < 0 ? 0 : 1;
  const long double e = std::exp(x);
  const long double sum = e * (e + 2);
  if (x > 1000) return 1;
  return sum / (sum + 2) + x * 4 * e * (1 + e) / ((sum + 2) * (sum + 2));
}

#define XGRAD_ROW(name, low, high, ...) \
  row(#name, elementary::name, [](long double x) { return std::name(x); }, low, high, {__VA_ARGS__})

}  // namespace

const std::vector<ElementaryFunction>& elementary_functions() {
  static const std::vector<ElementaryFunction> functions{
      XGRAD_ROW(exp, -800, 720, {0, 1}, {-0.0, 1}, {infinity, infinity}, {-infinity, 0}, {1e300, infinity},
                {-1e300, 0}),
      XGRAD_ROW(exp2, -1100, 1030, {0, 1}, {3, 8}, {-1, 0.5}, {127, 0x1p127}, {-126, 0x1p-126}, {infinity, infinity},
                {-infinity, 0}),
      XGRAD_ROW(expm1, -60, 720, {0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -1}, {-1000, -1}),
      XGRAD_ROW(log, 0, 100, {1, 0}, {0, -infinity}, {-0.0, -infinity}, {-1, none}, {infinity, infinity},
                {-infinity, none}),
      XGRAD_ROW(log2, 0, 100, {1, 0}, {8, 3}, {0x1p-100, -100}, {0, -infinity}, {-1, none}, {infinity, infinity}),
      XGRAD_ROW(log10, 0, 100, {1, 0}, {0, -infinity}, {-1, none}, {infinity, infinity}),
      XGRAD_ROW(log1p, -1, 100, {0, 0}, {-0.0, -0.0}, {-1, -infinity}, {-2, none}, {infinity, infinity},
                {-infinity, none}),
      XGRAD_ROW(tanh, -25, 25, {0, 0}, {-0.0, -0.0}, {infinity, 1}, {-infinity, -1}),
      XGRAD_ROW(sinh, -720, 720, {0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}),
      XGRAD_ROW(cosh, -720, 720, {0, 1}, {infinity, infinity}, {-infinity, infinity}),
      XGRAD_ROW(asinh, -10, 10, {0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -infinity}),
      XGRAD_ROW(acosh, 1, 10, {1, 0}, {0, none}, {-1e30, none}, {infinity, infinity}, {-infinity, none}),
      XGRAD_ROW(atanh, -1, 1, {0, 0}, {-0.0, -0.0}, {1, infinity}, {-1, -infinity}, {2, none}, {infinity, none}),
      XGRAD_ROW(sin, -200, 200, {0, 0}, {-0.0, -0.0}, {infinity, none}, {-infinity, none}),
      XGRAD_ROW(cos, -200, 200, {0, 1}, {infinity, none}, {-infinity, none}),
      XGRAD_ROW(tan, -200, 200, {0, 0}, {-0.0, -0.0}, {infinity, none}, {-infinity, none}),
      XGRAD_ROW(asin, -1, 1, {0, 0}, {-0.0, -0.0}, {1, half_pi}, {-1, -half_pi}, {2, none}, {-infinity, none}),
      XGRAD_ROW(acos, -1, 1, {1, 0}, {0, half_pi}, {-1, 2 * half_pi}, {2, none}, {infinity, none}),
      XGRAD_ROW(atan, -10, 10, {0, 0}, {-0.0, -0.0}, {infinity, half_pi}, {-infinity, -half_pi}),
      XGRAD_ROW(erf, -7, 7, {0, 0}, {-0.0, -0.0}, {infinity, 1}, {-infinity, -1}),
      XGRAD_ROW(erfc, -7, 28, {0, 1}, {infinity, 0}, {-infinity, 2}, {1e300, 0}, {-1e300, 2}),
      XGRAD_ROW(cbrt, -10, 10, {0, 0}, {-0.0, -0.0}, {8, 2}, {-27, -3}, {infinity, infinity}, {-infinity, -infinity}),
      row("gelu", elementary::gelu, gelu, -40, 10,
          {{0, 0}, {infinity, infinity}, {-infinity, -0.0}, {1e30, 1e30}, {-1e30, -0.0}}),
      crossing_zero(
          row("gelu_slope", elementary::gelu_slope, gelu_slope, -40, 10, {{0, 0.5}, {infinity, 1}, {1e30, 1}})),
      row("sigmoid", elementary::sigmoid, sigmoid, -800, 50, {{0, 0.5}, {infinity, 1}, {-infinity, 0}}),
      row("silu", elementary::silu, silu, -800, 50,
          {{0, 0}, {infinity, infinity}, {-infinity, -0.0}, {1e30, 1e30}, {-1e30, -0.0}}),
      crossing_zero(row("silu_slope", elementary::silu_slope, silu_slope, -800, 50, {{0, 0.5}, {infinity, 1}})),
      row("mish", elementary::mish, mish, -800, 50,
          {{0, 0}, {infinity, infinity}, {-infinity, -0.0}, {1e30, 1e30}, {-1e30, -0.0}}),
      crossing_zero(row("mish_slope", elementary::mish_slope, mish_slope, -800, 50, {{infinity, 1}})),
  };
  return functions;
}

#undef XGRAD_ROW

}  // namespace xgrad::test
