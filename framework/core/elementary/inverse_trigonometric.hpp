#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

/// pi / 2 as the sum of two numbers.
template <class T>
inline constexpr T half_pi_high = sizeof(T) == 4 ? T(0x1.921fb4p+0) : T(0x1.921fb54442d18p+0);
template <class T>
inline constexpr T half_pi_low = sizeof(T) == 4 ? T(0x1.4442d0p-24) : T(0x1.1a62633145c06p-54);

/// arcsin(x) for 0 <= x <= 1/2, or 0 <= square_root(square) <= 1/2 where only the square is exact: a minimax
/// polynomial, found with Remez' algorithm, of an error of 2^-27 or 2^-59.
template <class V>
[[gnu::always_inline]] inline V arcsine(V x, V square) {
  if constexpr (sizeof(Number<V>) == 4) {
    const V rest = polynomial<V, 5>(
        square, {1.66667541247e-1f, 7.49523296192e-2f, 4.54783049043e-2f, 2.41411780293e-2f, 4.22302319534e-2f});
    return multiply_add(x * square, rest, x);
  } else {
    const V rest = polynomial<V, 13>(
        square, {1.6666666666666763026e-1, 7.4999999999700873647e-2, 4.4642857175295948086e-2, 3.0381942674852893803e-2,
                 2.2372215916622687384e-2, 1.7351595329236406202e-2, 1.3981020348729682582e-2, 1.1397279924076076121e-2,
                 1.0789386278640064917e-2, 3.6719669618523954002e-3, 2.1791118475256825579e-2,
                 -2.1117312521378189578e-2, 3.2702492333027727871e-2});
    return multiply_add(x * square, rest, x);
  }
}

/// Beyond 1/2: arccos(x) = 2 * arcsin(square_root((1 - x) / 2)).
template <class V>
struct ArcParts {
  V arc;                                         ///< arcsin of |x| or of that root
  decltype(std::declval<V>() < V(0)) is_beyond;  ///< which of the two
};

template <class V>
[[gnu::always_inline]] inline ArcParts<V> split_arc(V x) {
  using T = Number<V>;
  const V size = magnitude(x);
  const auto is_beyond = size > V(T(0.5));
  const V half = multiply_add(size, V(T(-0.5)), V(T(0.5)));
  const V square = choose(is_beyond, half, size * size);
  return {arcsine(choose(is_beyond, square_root(half), size), square), is_beyond};
}

struct Asin {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const auto parts = split_arc(x);
    const V beyond = V(half_pi_high<T>) - (parts.arc + parts.arc - V(half_pi_low<T>));
    return flip_sign(choose(parts.is_beyond, beyond, parts.arc), sign_bit(x));
  }
};

struct Acos {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const auto parts = split_arc(x);
    const V twice = parts.arc + parts.arc;
    const V left = V(2 * half_pi_high<T>) - (twice - V(2 * half_pi_low<T>));
    const V middle = V(half_pi_high<T>) - (flip_sign(parts.arc, sign_bit(x)) - V(half_pi_low<T>));
    return choose(parts.is_beyond, choose(x < V(0), left, twice), middle);
  }
};

/// arctan(above / below) for numbers that are not negative, neither infinite nor both 0: brought to |t| <= tan(pi / 8)
/// by turning through pi / 4 or pi / 2. A minimax polynomial, found with Remez' algorithm, of an error of 2^-30 or
/// 2^-59.
template <class V>
[[gnu::always_inline]] inline V arctangent(V above, V below) {
  using T = Number<V>;
  const auto is_steep = above > below * V(T(2.41421356237309504880));
  const auto is_middle = above > below * V(T(0.414213562373095048802));
  const V numerator = choose(is_steep, -below, choose(is_middle, above - below, above));
  const V denominator = choose(is_steep, above, choose(is_middle, above + below, below));
  const V high = choose(is_steep, V(half_pi_high<T>), choose(is_middle, V(half_pi_high<T> / 2), V(0)));
  const V low = choose(is_steep, V(half_pi_low<T>), choose(is_middle, V(half_pi_low<T> / 2), V(0)));
  const V t = numerator / denominator;
  const V square = t * t;
  V rest;
  if constexpr (sizeof(T) == 4) {
    rest = polynomial<V, 5>(
        square, {-3.3333315503e-1f, 1.9998489277e-1f, -1.42438453768e-1f, 1.05959745911e-1f, -6.08338049874e-2f});
  } else {
    rest = polynomial<V, 11>(square, {-3.3333333333333199084e-1, 1.9999999999954072458e-1, -1.4285714280247385893e-1,
                                      1.111111078607556313e-1, -9.0908978345179152757e-2, 7.6920616007154766004e-2,
                                      -6.6631199504521561334e-2, 5.848005638549197168e-2, -5.039830249446555449e-2,
                                      3.8077921932261887842e-2, -1.7921831065990737847e-2});
  }
  return high + (multiply_add(t * square, rest, t) + low);
}

struct Atan {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    return flip_sign(arctangent(magnitude(x), V(1)), sign_bit(x));
  }
};

struct Atan2 {
  template <class V>
  [[gnu::always_inline]] V operator()(V y, V x) const {
    using T = Number<V>;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    V above = magnitude(y);
    V below = magnitude(x);
    // Sums of the two must not overflow, and the ratio of two infinities is 1. Small numbers are not scaled: they would
    // become denormal, which counts as 0 inside compiled functions.
    const auto is_infinite = (above == V(infinity)) & (below == V(infinity));
    const V quarter_of_largest(std::numeric_limits<T>::max() / 4);
    const V scale = choose((above > quarter_of_largest) | (below > quarter_of_largest), V(T(0.25)), V(T(1)));
    above = choose(is_infinite, V(1), above * scale);
    below = choose(is_infinite, V(1), below * scale);
    const auto is_zero = (above == V(0)) & (below == V(0));
    const V acute = arctangent(above, choose(is_zero, V(1), below));
    // The sign of -0 counts: left of 0 is where the sign bit is.
    const auto is_left = from_bits<V>(sign_bit(x) | Bits<V>(Format<T>::one)) < V(0);
    const V angle = choose(is_left, V(2 * half_pi_high<T>) - (acute - V(2 * half_pi_low<T>)), acute);
    return flip_sign(choose(x == x, angle, x), sign_bit(y));
  }
};

}  // namespace lanes

/// The inverse of the sine; NaN outside of [-1, 1].
inline constexpr Function<lanes::Asin> asin;
/// The inverse of the cosine; NaN outside of [-1, 1].
inline constexpr Function<lanes::Acos> acos;
/// The inverse of the tangent.
inline constexpr Function<lanes::Atan> atan;
/// The angle of the point (x, y): arguments y and x, as std::atan2, with its values at 0 and at the infinities.
inline constexpr Function<lanes::Atan2> atan2;

}  // namespace xgrad::elementary
