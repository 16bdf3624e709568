#include <xgrad/ops/lgamma/real_lgamma.hpp>
#include <xgrad/ops/power/real_power.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>

namespace xgrad {
namespace {

template <std::size_t Count>
double gamma_polynomial(double x, const std::array<double, Count>& coefficients) {
  double result = coefficients[Count - 1];
  for (std::size_t i = Count - 1; i-- > 0;) result = std::fma(result, x, coefficients[i]);
  return result;
}

/// lgamma(2 + w) for |w| <= 1/2: (1 - Euler's constant) w plus the sum of (zeta(k) - 1) (-w)^k / k.
double beside_two(double w) {
  constexpr std::array coefficients{
      0x1.4a34cc4a60fa6p-2,  -0x1.13e001a557607p-4,  0x1.51322ac7d8483p-6,  -0x1.e404fc218f5f2p-8,
      0x1.7add6eadb6c30p-9,  -0x1.38ac5c2bf8e08p-10, 0x1.0b36af86396e9p-11, -0x1.d3fd4c76d2fc8p-13,
      0x1.a127b0f17d65ap-14, -0x1.78de5bd7c81efp-15, 0x1.580dcee66eb02p-16, -0x1.3cbc963ce2243p-17,
      0x1.2597a39f34aacp-18, -0x1.11b2eb7679541p-19, 0x1.0064cdeb22f0fp-20, -0x1.e2600d93cfd2fp-22,
      0x1.c76bbb3f07a4dp-23, -0x1.af5a6cbbf8a97p-24, 0x1.99b93c2070b0fp-25, -0x1.862c734df3eacp-26,
      0x1.7469daccfadcdp-27, -0x1.6434a8447aeadp-28, 0x1.555a877ffd2c3p-29, -0x1.47b1679258d0ep-30,
      0x1.3b15d2b2fc10cp-31, -0x1.2f69a9fabe3e0p-32, 0x1.24932a337434cp-33, -0x1.1a7c26ec2523cp-34};
  constexpr double slope = 0.42278433509846713939;
  return w * std::fma(w, gamma_polynomial(w, coefficients), slope);
}

/// log(1 + w).
double logarithm_of_one_and(double w) {
  const double sum = 1 + w;
  return real_logarithm(sum) + (w - (sum - 1)) / sum;
}

/// Stirling's series.
double of_large(double x) {
  constexpr std::array coefficients{1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                    1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
  constexpr double half_log_two_pi = 0.91893853320467274178;
  const double logarithm = real_logarithm(x);
  const double inverse = 1 / x;
  return x * (logarithm - 1) - 0.5 * logarithm +
         (half_log_two_pi + inverse * gamma_polynomial(inverse * inverse, coefficients));
}

double of_positive(double x) {
  constexpr double large = 10;
  if (x >= large) return of_large(x);
  if (x < 0.5) return beside_two(x) - logarithm_of_one_and(x) - real_logarithm(x);
  if (x < 1.5) return beside_two(x - 1) - logarithm_of_one_and(x - 1);
  // gamma(x) = (x - 1) gamma(x - 1)
  double product = 1;
  while (x > 2.5) product *= x -= 1;
  return beside_two(x - 2) + (product == 1 ? 0 : real_logarithm(product));
}

/// |sin(pi x)|.
double sine(double x) {
  double rest = std::abs(x - std::nearbyint(x));  // at most 1/2, exactly
  const bool is_steep = rest > 0.25;
  if (is_steep) rest = 0.5 - rest;
  const double angle = std::numbers::pi * rest;
  const double square = angle * angle;
  constexpr std::array of_sine{-1.0 / 6,        1.0 / 120,        -1.0 / 5040,         1.0 / 362880,
                               -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000};
  constexpr std::array of_cosine{-1.0 / 2,       1.0 / 24,        -1.0 / 720,        1.0 / 40320,
                                 -1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200};
  return is_steep ? std::fma(square, gamma_polynomial(square, of_cosine), 1.0)
                  : std::fma(angle * square, gamma_polynomial(square, of_sine), angle);
}

}  // namespace

double real_lgamma(double x) {
  if (std::isnan(x)) return x;
  if (std::isinf(x)) return INFINITY;
  if (x > 0) return x < std::numeric_limits<double>::min() ? INFINITY : of_positive(x);
  const double size = sine(x);
  if (size == 0) return INFINITY;
  // Euler's reflection.
  return -real_logarithm(-x) - real_logarithm(size / std::numbers::pi) - of_positive(-x);
}

}  // namespace xgrad
