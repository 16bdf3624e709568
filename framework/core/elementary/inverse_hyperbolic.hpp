#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>

namespace xgrad::elementary {
namespace lanes {

/// From here on the square of x hides 1, and log(2x) is the inverse of both sine and cosine.
template <class T>
inline constexpr T large_argument = sizeof(T) == 4 ? T(0x1p13) : T(0x1p28);

/// log(2x) for large x.
template <class V>
[[gnu::always_inline]] inline V logarithm_of_double(V x) {
  return logarithm(
      x, [](V exponent, V fraction)
             __attribute__((always_inline)) { return logarithm_of_parts(exponent + V(1), fraction); });
}

struct Asinh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V size = magnitude(x);
    const V square = size * size;
    // x + square_root(1 + x^2) - 1, without cancellation.
    const V small = Log1p()(size + square / (V(1) + square_root(V(1) + square)));
    return flip_sign(choose(size > V(large_argument<T>), logarithm_of_double(size), small), sign_bit(x));
  }
};

struct Acosh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V above = x - V(1);
    const V small = Log1p()(above + square_root(multiply_add(above, above, above + above)));
    const V inside = choose(x > V(large_argument<T>), logarithm_of_double(x), small);
    return choose(x < V(1), V(std::numeric_limits<T>::quiet_NaN()), inside);
  }
};

struct Atanh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const V size = magnitude(x);
    return flip_sign(V(Number<V>(0.5)) * Log1p()((size + size) / (V(1) - size)), sign_bit(x));
  }
};

}  // namespace lanes

/// The inverse of the hyperbolic sine.
inline constexpr Function<lanes::Asinh> asinh;
/// The inverse of the hyperbolic cosine; NaN below 1.
inline constexpr Function<lanes::Acosh> acosh;
/// The inverse of the hyperbolic tangent; NaN outside of [-1, 1].
inline constexpr Function<lanes::Atanh> atanh;

}  // namespace xgrad::elementary
