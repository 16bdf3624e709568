#include <xgrad/ops/power/real_power.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace xgrad {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A number with twice the digits, as a sum: low is less than half a unit in the last place of high.
struct Pair {
  double high;
  double low;
};

/// x + y for |x| >= |y|, or x = 0.
Pair exact_sum(double x, double y) {
  const double sum = x + y;
  return {sum, y - (sum - x)};
}

Pair product(const Pair& x, const Pair& y) {
  const double high = x.high * y.high;
  return exact_sum(high, std::fma(x.high, y.high, -high) + (x.high * y.low + x.low * y.high));
}

/// x + y for |x| >= |y|.
Pair sum(const Pair& x, const Pair& y) {
  const auto [high, low] = exact_sum(x.high, y.high);
  return exact_sum(high, low + (x.low + y.low));
}

// The logarithm of 2 in parts: the product of the first one with an exponent is exact.
constexpr Pair ln2{0x1.62e42feep-1, 0x1.a39ef35793c76p-33};

/// A positive normal number as 2^exponent * (1 + fraction), with sqrt(1/2) <= 1 + fraction < sqrt(2).
struct Parts {
  double exponent;
  double fraction;
};

Parts split(double x) {
  constexpr int mantissa_bits = 52;
  constexpr auto root_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto exponent = static_cast<std::int64_t>(bits - root_half) >> mantissa_bits;
  const double mantissa = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << mantissa_bits));
  return {static_cast<double>(exponent), mantissa - 1};
}

template <std::size_t Count>
double power_polynomial(double x, const std::array<double, Count>& coefficients) {
  double result = coefficients[Count - 1];
  for (std::size_t i = Count - 1; i-- > 0;) result = std::fma(result, x, coefficients[i]);
  return result;
}

// log(1 + f) = 2 artanh(s) = 2 s (1 + z / 3 + z^2 / 5 + ...), with s = f / (2 + f) and z = s^2 < 0.03.
constexpr std::array further_terms{1.0 / 7,  1.0 / 9,  1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17,
                                   1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25, 1.0 / 27};

/// The logarithm of a positive normal number with three quarters more digits than a double has.
Pair long_logarithm(double x) {
  const auto [exponent, fraction] = split(x);
  const auto below = exact_sum(2, fraction);
  const double quotient = fraction / below.high;
  const double rest = std::fma(-quotient, below.high, fraction) - quotient * below.low;
  const Pair s = exact_sum(quotient, rest / below.high);
  const Pair z = product(s, s);
  constexpr Pair third{0x1.5555555555555p-2, 0x1.5555555555555p-56};
  constexpr Pair fifth{0x1.999999999999ap-3, -0x1.999999999999ap-57};
  const Pair tail = exact_sum(z.high * power_polynomial(z.high, further_terms), 0);
  const Pair terms = product(z, sum(third, product(z, sum(fifth, tail))));
  const Pair doubled{2 * s.high, 2 * s.low};
  const Pair of_mantissa = sum(doubled, product(doubled, terms));
  if (exponent == 0) return of_mantissa;
  return sum(exact_sum(exponent * ln2.high, exponent * ln2.low), of_mantissa);
}

/// The logarithm of a positive normal number, for results of float.
double short_logarithm(double x) {
  const auto [exponent, fraction] = split(x);
  const double s = fraction / (2 + fraction);
  const double z = s * s;
  const double series =
      std::fma(z, std::fma(z, std::fma(z, power_polynomial(z, further_terms), 1.0 / 5), 1.0 / 3), 1.0);
  return std::fma(exponent, ln2.high, std::fma(exponent, ln2.low, 2 * s * series));
}

/// 2^exponent, for what a normal number can hold.
double power_of_two(std::int64_t exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

/// e^x.
double exponential(const Pair& x) {
  constexpr double largest = 709.79, smallest = -708.4;  // what is beyond has no normal number
  if (x.high > largest) return INFINITY;
  if (x.high < smallest) return 0;
  constexpr double to_integer = 0x1.8p52;  // numbers up to 2^51 added to it are rounded to integers
  const double count = (x.high * 0x1.71547652b82fep0 + to_integer) - to_integer;
  const Pair r = exact_sum(x.high - count * ln2.high, x.low - count * ln2.low);
  constexpr std::array inverse_factorials{1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                                          1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                                          1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
  const double power = 1 + (r.high + std::fma(r.high * r.high, power_polynomial(r.high, inverse_factorials), r.low));
  // In two steps, because 2^1024 is too large for one and 2^-1022 times a number below 1 is not normal.
  const auto exponent = static_cast<std::int64_t>(count);
  const double result = power * power_of_two(exponent / 2) * power_of_two(exponent - exponent / 2);
  return result < std::numeric_limits<double>::min() ? 0 : result;
}

bool is_integer(double x) { return std::trunc(x) == x; }
bool is_odd(double x) { return is_integer(x) && !is_integer(x / 2); }

/// `regular` of the magnitude of the base and the exponent, and what is left where either is special.
template <class Regular>
double power(double base, double exponent, Regular regular) {
  if (exponent == 0 || base == 1) return 1;
  if (std::isnan(base) || std::isnan(exponent)) return nan;
  const double magnitude = std::abs(base);
  if (std::isinf(exponent)) {
    if (magnitude == 1) return 1;
    return (magnitude > 1) == (exponent > 0) ? INFINITY : 0;
  }
  const double sign = std::signbit(base) && is_odd(exponent) ? -1 : 1;
  if (magnitude < std::numeric_limits<double>::min()) return exponent > 0 ? sign * 0 : sign * INFINITY;
  if (std::isinf(base)) return exponent > 0 ? sign * INFINITY : sign * 0;
  if (base < 0 && !is_integer(exponent)) return nan;
  return sign * regular(magnitude, exponent);
}

}  // namespace

double real_power(double base, double exponent) {
  return power(base, exponent, [](double x, double y) {
    const Pair log = long_logarithm(x);
    const double high = y * log.high;
    if (std::isinf(high)) return high > 0 ? INFINITY : 0.0;
    return exponential(exact_sum(high, std::fma(y, log.high, -high) + y * log.low));
  });
}

float real_power(float base, float exponent) {
  const double result = power(base, exponent, [](double x, double y) {
    return exponential({y * short_logarithm(x), 0});
  });
  return static_cast<float>(result);
}

double real_logarithm(double x) {
  if (x < std::numeric_limits<double>::min()) return -INFINITY;
  if (!(x < INFINITY)) return x;
  const auto [high, low] = long_logarithm(x);
  return high + low;
}

}  // namespace xgrad
