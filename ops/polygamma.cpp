#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementary/trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/polygamma.hpp>
#include <xgrad/ops/power/real_power.hpp>

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace xgrad {
namespace {

/// Abramowitz and Stegun, 6.3.5 to 6.3.18: reflection, recurrence, and the asymptotic series.
double digamma_of(double x) {
  if (x == 0) return std::copysign(INFINITY, -x);
  if (x < 0) {
    const double fraction = x - std::nearbyint(x);  // the tangent has period 1 in x
    return fraction == 0 ? NAN : digamma_of(1 - x) - std::numbers::pi / elementary::tan(std::numbers::pi * fraction);
  }
  double result = 0;
  for (; x < 10; x += 1) result -= 1 / x;
  const double y = 1 / (x * x);
  constexpr double factors[] = {1.0 / 12, -691.0 / 32760, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12};
  double series = 0;
  for (double factor : factors) series = (series + factor) * y;
  return result + elementary::log(x) - 0.5 / x - series;
}

/// Hurwitz' zeta function, the sum of (q + k)^-s over k = 0, 1, ... by the formula of Euler and Maclaurin, for integers
/// s of at least 2 and q > 0.
double zeta_of_positive(double s, double q) {
  double result = 0;
  for (; q < 10 + s / 2; q += 1) result += real_power(q, -s);
  const double last = real_power(q, -s);
  result += real_power(q, 1 - s) / (s - 1) + last / 2;
  // B(2j) / (2j)!, with Bernoulli's numbers B.
  constexpr double factors[] = {1.0 / 12,          -1.0 / 720,
                                1.0 / 30240,       -1.0 / 1209600,
                                1.0 / 47900160,    -691.0 / 1307674368000,
                                1.0 / 74724249600, -3617.0 / 10670622842880000};
  double term = last * s / q;
  for (int j = 0; j < 8; ++j) {
    result += factors[j] * term;
    term *= (s + 2 * j + 1) / q * ((s + 2 * j + 2) / q);
  }
  return result;
}

/// As above, for all q: what lies below 0 is the difference of two sums above it.
double zeta(double s, double q) {
  if (!(q <= 0)) return zeta_of_positive(s, q);
  const double floor = std::floor(q);
  if (q == floor) return INFINITY;
  const double below = zeta_of_positive(s, std::ceil(q) - q) - zeta_of_positive(s, 1 - q);
  return zeta_of_positive(s, q - floor) + (std::fmod(s, 2) == 0 ? below : -below);
}

double factorial(double n) {
  constexpr double largest = 170;
  if (n > largest) return INFINITY;
  double result = 1;
  for (double factor = 2; factor <= n; ++factor) result *= factor;
  return result;
}

double polygamma_of(double order, double x) {
  if (order == 0) return digamma_of(x);
  const double magnitude = factorial(order) * zeta(order + 1, x);
  return std::fmod(order, 2) == 0 ? -magnitude : magnitude;
}

/// The order is a tensor, so that the rule has one for the next order.
Tensor polygamma(const Tensor& order, const Tensor& x) {
  static const auto op = elementwise_loop<2, FloatingTypes>(
      "polygamma", [](double order, double x) { return polygamma_of(order, x); },
      {
          .vjp = {[](const Vjp&) { return std::nullopt; },
                  [](const Vjp& at) { return at.cotangent() * polygamma(at.input(0) + 1, at.input(1)); }},
          .cost = 300,
      });
  return apply(op, {order, x});
}

}  // namespace

Tensor digamma(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>(
      "digamma", [](double x) { return digamma_of(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * polygamma(1, at.input()); }},
          .cost = 50,
      });
  return apply(op, {x});
}

Tensor polygamma(std::int64_t order, const Tensor& x) {
  if (order < 0 || order > 100) {
    throw ValueError(fmt::format("polygamma: expected an order from 0 to 100, but got {}", order));
  }
  expect_floating("polygamma", x.dtype());
  return polygamma(number_like("polygamma", static_cast<double>(order), x), x);
}

static const Register registered_digamma{{
    .name = "digamma",
    .signature = "digamma(x)",
    .summary = "Derivative of the logarithm of the gamma function.",
    .formula = "gamma'(x) / gamma(x)",
    .gradient = "c * polygamma(1, x)",
}};

static const Register registered_polygamma{{
    .name = "polygamma",
    .signature = "polygamma(order, x)",
    .summary = "Derivative of digamma, of any order.",
    .formula = "(-1)^(order + 1) * order! * sum of (x + k)^-(order + 1) over k = 0, 1, ...",
    .gradient = "c * polygamma(order + 1, x)",
}};

}  // namespace xgrad
