#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

/// x = 2^exponent * (1 + fraction) with square_root(1/2) <= 1 + fraction < square_root(2).
template <class V>
struct LogarithmParts {
  V exponent;
  V fraction;
};

/// For normal positive numbers.
template <class V>
[[gnu::always_inline]] inline LogarithmParts<V> split_logarithm(V x) {
  using T = Number<V>;
  using Word = typename Format<T>::Word;
  constexpr Word root_half = std::bit_cast<Word>(T(0.707106781186547524401));
  constexpr Word integers = std::bit_cast<Word>(T(Word(1) << Format<T>::mantissa_bits));
  constexpr T bias = T(Word(1) << Format<T>::mantissa_bits) + T(std::numeric_limits<T>::max_exponent - 1);
  const Bits<V> moved = bits(x) + Bits<V>(static_cast<Word>(Format<T>::one - root_half));
  const Bits<V> biased = moved >> Format<T>::mantissa_bits;
  const V exponent = from_bits<V>(biased | Bits<V>(integers)) - V(bias);
  const V mantissa = from_bits<V>((moved & Bits<V>(Format<T>::mantissa)) + Bits<V>(root_half));
  return {exponent, mantissa - V(1)};
}

/// log(1 + f) - f + f^2 / 2 for square_root(1/2) <= 1 + f < square_root(2). Minimax polynomials, found with Remez'
/// algorithm, of errors of 2^-27 (of f) and 2^-59 (of s^2, with s = f / (2 + f): log(1 + f) = 2 * artanh(s) needs half
/// the terms, but a division).
template <class V>
[[gnu::always_inline]] inline V logarithm_rest(V f) {
  const V square = f * f;
  if constexpr (sizeof(Number<V>) == 4) {
    const V series =
        polynomial<V, 8>(f, {3.33333316112e-1f, -2.50008226508e-1f, 2.00012364501e-1f, -1.66233033581e-1f,
                             1.42014915383e-1f, -1.31604702408e-1f, 1.27637104975e-1f, -7.63644616459e-2f});
    return f * square * series;
  } else {
    const V s = f / (V(2) + f);
    const V z = s * s;
    const V series = polynomial<V, 7>(
        z, {6.6666666666667345604e-1, 3.9999999999413551975e-1, 2.8571428742664986351e-1, 2.2222198542252373992e-1,
            1.8183566052265793295e-1, 1.5314003537904687278e-1, 1.4796447224723372259e-1});
    return s * multiply_add(z, series, square * V(0.5));
  }
}

/// log(1 + f).
template <class V>
[[gnu::always_inline]] inline V logarithm_of_fraction(V f) {
  return f + multiply_add(f * f, V(Number<V>(-0.5)), logarithm_rest(f));
}

/// log(2^k * (1 + f)).
template <class V>
[[gnu::always_inline]] inline V logarithm_of_parts(V k, V f) {
  using T = Number<V>;
  constexpr bool is_float = sizeof(T) == 4;
  constexpr T ln2_high = is_float ? T(0x1.62e4p-1) : T(0x1.62e42fefa3p-1);
  constexpr T ln2_low = is_float ? T(0x1.7f7d1cp-20) : T(0x1.3de6af278ece6p-42);
  const V rest = multiply_add(k, V(ln2_low), logarithm_rest(f));
  return multiply_add(k, V(ln2_high), f + multiply_add(f * f, V(T(-0.5)), rest));
}

/// Calls `of_parts` with exponent and fraction of x, and puts right what it gives for 0, below and at infinity.
template <class V, class OfParts>
[[gnu::always_inline]] inline V logarithm(V x, OfParts of_parts) {
  using T = Number<V>;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  constexpr T grown = T(Format<T>::mantissa_bits + 1);
  constexpr T factor = T(typename Format<T>::Word(2) << Format<T>::mantissa_bits);
  const auto is_denormal = x < V(std::numeric_limits<T>::min());
  auto parts = split_logarithm(choose(is_denormal, x * V(factor), x));
  parts.exponent = choose(is_denormal, parts.exponent - V(grown), parts.exponent);
  const V inside = choose(x == V(infinity), x, of_parts(parts.exponent, parts.fraction));
  const V outside = choose(x == V(0), V(-infinity), V(std::numeric_limits<T>::quiet_NaN()));
  return choose(x > V(0), inside, outside);
}

struct Log {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    return logarithm(
        x,
        [](V exponent, V fraction) __attribute__((always_inline)) { return logarithm_of_parts(exponent, fraction); });
  }
};

struct Log2 {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    return logarithm(
        x, [](V exponent, V fraction) __attribute__((always_inline)) {
          return multiply_add(logarithm_of_fraction(fraction), V(Number<V>(1.44269504088896340736)), exponent);
        });
  }
};

struct Log10 {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    constexpr bool is_float = sizeof(T) == 4;
    return logarithm(
        x, [](V exponent, V fraction) __attribute__((always_inline)) {
          constexpr T high = is_float ? T(0x1.344p-2) : T(0x1.34413509f7p-2);  // of log10(2)
          constexpr T low = is_float ? T(0x1.3509f6p-18) : T(0x1.3fde623e2566bp-43);
          const V rest =
              multiply_add(logarithm_of_fraction(fraction), V(T(0.434294481903251827651)), exponent * V(low));
          return multiply_add(exponent, V(high), rest);
        });
  }
};

struct Log1p {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    const V sum = V(1) + x;
    // What the sum lost to rounding, which is most of a small x.
    const V lost = choose(x < V(1), x - (sum - V(1)), V(1) - (sum - x));
    const auto parts = split_logarithm(sum);
    // 2^-exponent, or a number so small that nothing of the product is left either.
    const V shifted = V(Format<T>::to_integer) - at_most(parts.exponent, T(100));
    const V scale = from_bits<V>((bits(shifted) << Format<T>::mantissa_bits) + Bits<V>(Format<T>::one));
    const V inside = logarithm_of_parts(parts.exponent, multiply_add(lost, scale, parts.fraction));
    const V outside = choose(x == V(-1), V(-infinity), V(std::numeric_limits<T>::quiet_NaN()));
    const V result = choose(x > V(-1), choose(x == V(infinity), x, inside), outside);
    return choose(x == V(0), x, result);  // -0 stays
  }
};

}  // namespace lanes

/// The natural logarithm.
inline constexpr Function<lanes::Log> log;
inline constexpr Function<lanes::Log2> log2;
inline constexpr Function<lanes::Log10> log10;
/// log(1 + x) without cancellation.
inline constexpr Function<lanes::Log1p> log1p;

}  // namespace xgrad::elementary
