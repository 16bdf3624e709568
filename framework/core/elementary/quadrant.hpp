#pragma once

#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary::lanes {

/// x = n * pi / 2 + rest with an integer n and |rest| <= pi / 4.
template <class V>
struct Quadrant {
  V n_from_bits;  ///< n, or n modulo 4, + Format::to_integer
  V rest;
};

/// `Quadrant` of a large finite number by whole-number arithmetic: the product with as many bits of 2 / pi as matter.
/// M. H. Payne and R. N. Hanek, "Radian reduction for trigonometric functions", 1983.
Quadrant<double> quadrant_of_large(double x);

/// Up to here pi / 2 in three parts is enough: the rest keeps all its digits however close x is to a multiple.
template <class T>
inline constexpr T largest_for_three_parts = sizeof(T) == 4 ? T(1e5) : T(1e9);

/// Where some lanes are large, only those are computed one by one: a lane's bits do not depend on its neighbours.
template <class V>
[[gnu::always_inline]] inline Quadrant<V> quadrant_of(V x) {
  using T = Number<V>;
  constexpr bool is_float = sizeof(T) == 4;
  constexpr T two_over_pi = T(0.636619772367581343076);
  // W. J. Cody and W. Waite, "Software Manual for the Elementary Functions", 1980. With fused multiply-add the first
  // step leaves no rounding error, whatever bits its part of pi / 2 has.
  constexpr T first = is_float ? T(0x1.921fb4p+0) : T(0x1.921fb54442d18p+0);
  constexpr T second = is_float ? T(0x1.4442dp-24) : T(0x1.1a62633145c06p-54);
  constexpr T third = is_float ? T(0x1.846988p-48) : T(0x1.c1cd129024e08p-107);
  const V shifted = multiply_add(x, V(two_over_pi), V(Format<T>::to_integer));
  const V n = shifted - V(Format<T>::to_integer);
  Quadrant<V> result{shifted, multiply_add(n, V(-third), multiply_add(n, V(-second), multiply_add(n, V(-first), x)))};
  const auto is_large = magnitude(x) > V(largest_for_three_parts<T>);
  const auto replace = [](T& number, T& n_from_bits) {
    if (!(std::abs(number) > largest_for_three_parts<T>)) return false;
    if (std::isinf(number)) {
      number = n_from_bits = std::numeric_limits<T>::quiet_NaN();
      return true;
    }
    const auto exact = quadrant_of_large(static_cast<double>(number));
    number = static_cast<T>(exact.rest);
    n_from_bits = static_cast<T>(exact.n_from_bits - Format<double>::to_integer) + Format<T>::to_integer;
    return true;
  };
  if constexpr (is_number<V>) {
    T number = x;
    if (is_large && replace(number, result.n_from_bits)) result.rest = number;
  } else {
    if (xsimd::any(is_large)) {
      std::array<T, V::size> numbers;
      std::array<T, V::size> n_from_bits;
      std::array<T, V::size> rests;
      xsimd::store_unaligned(numbers.data(), x);
      xsimd::store_unaligned(n_from_bits.data(), result.n_from_bits);
      xsimd::store_unaligned(rests.data(), result.rest);
      for (std::size_t lane = 0; lane < V::size; ++lane) {
        if (replace(numbers[lane], n_from_bits[lane])) rests[lane] = numbers[lane];
      }
      result = {xsimd::load_unaligned(n_from_bits.data()), xsimd::load_unaligned(rests.data())};
    }
  }
  return result;
}

}  // namespace xgrad::elementary::lanes
