#pragma once

// What the elementary functions are made of: operations that round alike on every processor with fused multiply-add.
// Each takes a number or a vector of numbers (`xsimd::batch`), so that a function is written once for both and has the
// same bits in both. Left out on purpose: minimum and maximum of two numbers that may be NaN, estimates of reciprocals
// and roots, conversions between integers and floating-point numbers, and anything that asks whether a
// property holds for all lanes, which would make an element's bits depend on its neighbours.

#include <xgrad/framework/core/xtensor.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#if defined(__AVX512F__)
#include <immintrin.h>
#endif

namespace xgrad::elementary {

/// Whether `fma` rounds once. The bits and error bounds of the elementary functions hold where it does.
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
inline constexpr bool has_fused_multiply_add = true;
#else
inline constexpr bool has_fused_multiply_add = false;
#endif

namespace lanes {

template <class V>
struct Traits {
  using Number = V;
  using Bits = std::conditional_t<sizeof(V) == 4, std::uint32_t, std::uint64_t>;
};
template <class T, class Arch>
struct Traits<xsimd::batch<T, Arch>> {
  using Number = T;
  using Bits = xsimd::batch<typename Traits<T>::Bits, Arch>;
};

/// The type of one lane: float or double.
template <class V>
using Number = typename Traits<V>::Number;

/// Unsigned integers as wide as the lanes of `V`.
template <class V>
using Bits = typename Traits<V>::Bits;

template <class V>
inline constexpr bool is_number = std::is_floating_point_v<V>;

/// The layout of IEEE 754 for `T`.
template <class T>
struct Format {
  static constexpr int mantissa_bits = std::numeric_limits<T>::digits - 1;
  using Word = typename Traits<T>::Bits;
  static constexpr Word one = std::bit_cast<Word>(T(1));
  static constexpr Word sign = Word(1) << (sizeof(T) * 8 - 1);
  static constexpr Word mantissa = (Word(1) << mantissa_bits) - 1;
  /// 1.5 * 2^mantissa_bits: numbers of half its size, added to it, are rounded to integers, which are then the low bits
  /// of the sum.
  static constexpr T to_integer = T(3) * T(Word(1) << (mantissa_bits - 1));
};

template <class V>
[[gnu::always_inline]] inline V choose(bool condition, V yes, V no) requires is_number<V> {
  return condition ? yes : no;
}
template <class T, class Arch>
[[gnu::always_inline]] inline xsimd::batch<T, Arch> choose(const xsimd::batch_bool<T, Arch>& condition,
                                                           const xsimd::batch<T, Arch>& yes,
                                                           const xsimd::batch<T, Arch>& no) {
  return xsimd::select(condition, yes, no);
}

/// x * y + z, rounded once where the processor can.
template <class V>
[[gnu::always_inline]] inline V multiply_add(V x, V y, V z) requires is_number<V> {
  if constexpr (has_fused_multiply_add) {
    return std::fma(x, y, z);
  } else {
    return x * y + z;
  }
}
template <class T, class Arch>
[[gnu::always_inline]] inline xsimd::batch<T, Arch> multiply_add(const xsimd::batch<T, Arch>& x,
                                                                 const xsimd::batch<T, Arch>& y,
                                                                 const xsimd::batch<T, Arch>& z) {
#if defined(__AVX512F__)
  // xsimd 8.1 multiplies and adds here.
  if constexpr (sizeof(xsimd::batch<T, Arch>) == 64 && sizeof(T) == 4) {
    return _mm512_fmadd_ps(x, y, z);
  } else if constexpr (sizeof(xsimd::batch<T, Arch>) == 64) {
    return _mm512_fmadd_pd(x, y, z);
  } else {
    return xsimd::fma(x, y, z);
  }
#else
  return xsimd::fma(x, y, z);
#endif
}

template <class V>
[[gnu::always_inline]] inline V square_root(V x) {
  if constexpr (is_number<V>) {
    return std::sqrt(x);
  } else {
    return xsimd::sqrt(x);
  }
}

/// The representation of x in IEEE 754.
template <class V>
[[gnu::always_inline]] inline Bits<V> bits(V x) {
  if constexpr (is_number<V>) {
    return std::bit_cast<Bits<V>>(x);
  } else {
    return xsimd::bitwise_cast<Bits<V>>(x);
  }
}

/// The number of which `word` is the representation.
template <class V>
[[gnu::always_inline]] inline V from_bits(Bits<V> word) {
  if constexpr (is_number<V>) {
    return std::bit_cast<V>(word);
  } else {
    return xsimd::bitwise_cast<V>(word);
  }
}

template <class V>
[[gnu::always_inline]] inline V magnitude(V x) {
  return from_bits<V>(bits(x) & Bits<V>(static_cast<typename Format<Number<V>>::Word>(~Format<Number<V>>::sign)));
}

/// The sign bit of x.
template <class V>
[[gnu::always_inline]] inline Bits<V> sign_bit(V x) {
  return bits(x) & Bits<V>(Format<Number<V>>::sign);
}

/// x, its sign turned where `sign` has the bit of the sign.
template <class V>
[[gnu::always_inline]] inline V flip_sign(V x, Bits<V> sign) {
  return from_bits<V>(bits(x) ^ sign);
}

/// x, but at most `limit`, which is neither NaN nor 0; NaN stays.
template <class V>
[[gnu::always_inline]] inline V at_most(V x, Number<V> limit) {
  if constexpr (is_number<V>) {
    return x > limit ? limit : x;
  } else {
    return xsimd::min(V(limit), x);  // in this order of operands every processor keeps a NaN
  }
}

/// x, but at least `limit`; NaN stays.
template <class V>
[[gnu::always_inline]] inline V at_least(V x, Number<V> limit) {
  if constexpr (is_number<V>) {
    return x < limit ? limit : x;
  } else {
    return xsimd::max(V(limit), x);
  }
}

/// coefficients[0] + coefficients[1] * x + ..., by Horner's rule; where they are many, the even and the odd powers of
/// all but the first apart, so that the processor need not wait for each of them.
template <class V, std::size_t count>
[[gnu::always_inline]] inline V polynomial(V x, const std::array<Number<V>, count>& coefficients) {
  V one(coefficients[count - 1]);
  if constexpr (count < 8) {
    for (std::size_t i = count - 1; i-- > 0;) one = multiply_add(one, x, V(coefficients[i]));
    return one;
  } else {
    const V square = x * x;
    V other(coefficients[count - 2]);
    std::size_t i = count - 2;
    for (; i >= 3; i -= 2) {
      one = multiply_add(one, square, V(coefficients[i - 1]));
      other = multiply_add(other, square, V(coefficients[i - 2]));
    }
    const V rest = count % 2 == 1 ? multiply_add(one, x, other)
                                  : multiply_add(other, x, multiply_add(one, square, V(coefficients[1])));
    return multiply_add(rest, x, V(coefficients[0]));
  }
}

}  // namespace lanes
}  // namespace xgrad::elementary
