#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/remainder.hpp>
#include <xgrad/ops/rounding.hpp>
#include <xgrad/ops/subtract.hpp>

#include <cmath>
#include <type_traits>

namespace xgrad {
namespace {

template <class T>
bool is_negative([[maybe_unused]] T x) {
  if constexpr (std::is_unsigned_v<T>) {
    return false;
  } else {
    return x < 0;
  }
}

/// Integers that would stop the program: the processor traps division by 0, and of the smallest integer by -1.
template <class T>
bool has_no_remainder(T divisor) {
  if constexpr (std::is_signed_v<T>) {
    if (divisor == -1) return true;
  }
  return divisor == 0;
}

template <class T>
T fmod_of(T x, T y) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::fmod(x, y);
  } else {
    return has_no_remainder(y) ? T{0} : static_cast<T>(x % y);
  }
}

template <class T>
T remainder_of(T x, T y) {
  const T rest = fmod_of(x, y);
  if (rest != 0 && is_negative(rest) != is_negative(y)) return static_cast<T>(rest + y);
  if constexpr (std::is_floating_point_v<T>) {
    if (rest == 0) return std::copysign(rest, y);
  }
  return rest;
}

template <class T>
T floor_divide_of(T x, T y) {
  if constexpr (std::is_floating_point_v<T>) {
    if (y == 0) return x / y;
    const T rest = std::fmod(x, y);
    const T quotient = std::nearbyint((x - rest) / y) - (rest != 0 && is_negative(rest) != is_negative(y));
    return quotient == 0 ? std::copysign(quotient, x / y) : quotient;
  } else {
    if (y == 0) return 0;
    if (has_no_remainder(y)) return static_cast<T>(std::uint64_t{0} - static_cast<std::uint64_t>(x));
    return static_cast<T>(x / y - (x % y != 0 && is_negative(x) != is_negative(y)));
  }
}

}  // namespace

Tensor remainder(const Tensor& dividend, const Tensor& divisor) {
  static const auto op = elementwise_loop<2, NumericTypes>(
      "remainder", [](auto x, auto y) { return remainder_of(x, y); },
      {
          .vjp = {
              [](const Vjp& at) { return at.cotangent(); },
              [](const Vjp& at) { return -multiply_nonzeros(at.cotangent(), floor_divide(at.input(0), at.input(1))); }},
          .cost = 20,
      });
  return apply(op, {dividend, divisor});
}

Tensor fmod(const Tensor& dividend, const Tensor& divisor) {
  static const auto op = elementwise_loop<2, NumericTypes>(
      "fmod", [](auto x, auto y) { return fmod_of(x, y); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent(); },
                  // Rounded from what was left, as dividing 1 by 0.1 gives 10 but leaves 0.1.
                  [](const Vjp& at) {
                    return -multiply_nonzeros(at.cotangent(), round((at.input(0) - at.output()) / at.input(1)));
                  }},
          .cost = 20,
      });
  return apply(op, {dividend, divisor});
}

Tensor floor_divide(const Tensor& dividend, const Tensor& divisor) {
  static const auto op = elementwise_loop<2, NumericTypes>(
      "floor_divide", [](auto x, auto y) { return floor_divide_of(x, y); }, {.cost = 20});
  return apply(op, {dividend, divisor});
}

Tensor remainder(const Tensor& dividend, Number divisor) {
  return remainder(dividend, number_like("remainder", divisor, dividend));
}
Tensor fmod(const Tensor& dividend, Number divisor) { return fmod(dividend, number_like("fmod", divisor, dividend)); }
Tensor floor_divide(const Tensor& dividend, Number divisor) {
  return floor_divide(dividend, number_like("floor_divide", divisor, dividend));
}

static const Register registered_remainder{{
    .name = "remainder",
    .family = OperatorFamily::binary,
    .signature = "remainder(dividend, divisor)",
    .summary = "Remainder of a division, with the sign of the divisor.",
    .formula = "dividend - divisor * floor(dividend / divisor)",
    .gradient = "c for dividend, -c * floor(dividend / divisor) for divisor",
}};

static const Register registered_fmod{{
    .name = "fmod",
    .family = OperatorFamily::binary,
    .signature = "fmod(dividend, divisor)",
    .summary = "Remainder of a division, with the sign of the dividend.",
    .formula = "dividend - divisor * trunc(dividend / divisor)",
    .gradient = "c for dividend, -c * trunc(dividend / divisor) for divisor",
}};

static const Register registered_floor_divide{{
    .name = "floor_divide",
    .family = OperatorFamily::binary,
    .signature = "floor_divide(dividend, divisor)",
    .summary = "Quotient rounded down to a whole number.",
    .formula = "floor(dividend / divisor)",
    .gradient = "none: the result is constant almost everywhere",
}};

}  // namespace xgrad
