#pragma once

#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

/// e^|x| / 2, also where e^|x| is beyond the format.
template <class V>
[[gnu::always_inline]] inline V half_exponential(V size) {
  using T = Number<V>;
  const auto parts = split_exponential(at_most(size, T(highest_exponent<T> + 1)));
  return times_power_of_2(exponential_of_rest(parts.rest) * V(T(0.5)), parts);
}

struct Tanh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    // (e^(2x) - 1) / (e^(2x) + 1); 1 from 10 or 20 on.
    const V size = at_most(magnitude(x), T(sizeof(T) == 4 ? 10 : 20));
    const V half = half_exponential_less_1(size + size);
    return flip_sign(half / (half + V(1)), sign_bit(x));
  }
};

struct Sinh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V size = magnitude(x);
    const V half = half_exponential(size);
    const V outer = half - V(T(0.25)) / half;
    return flip_sign(choose(size < V(1), inner(size), outer), sign_bit(x));
  }

 private:
  /// A minimax polynomial, found with Remez' algorithm, of an error of 2^-34 or 2^-63.
  template <class V>
  [[gnu::always_inline]] static V inner(V size) {
    const V square = size * size;
    if constexpr (sizeof(Number<V>) == 4) {
      const V rest =
          polynomial<V, 4>(square, {1.66666664887e-1f, 8.33335059789e-3f, 1.98360662725e-4f, 2.81743953215e-6f});
      return multiply_add(size * square, rest, size);
    } else {
      const V rest =
          polynomial<V, 7>(square, {1.6666666666666667429e-1, 8.3333333333331388114e-3, 1.9841269841437680908e-4,
                                    2.7557319155336903713e-6, 2.5052123398551906884e-8, 1.6057240341493973991e-10,
                                    7.7593121958645126743e-13});
      return multiply_add(size * square, rest, size);
    }
  }
};

struct Cosh {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const V half = half_exponential(magnitude(x));
    return half + V(Number<V>(0.25)) / half;
  }
};

}  // namespace lanes

/// Hyperbolic tangent.
inline constexpr Function<lanes::Tanh> tanh;
/// Hyperbolic sine.
inline constexpr Function<lanes::Sinh> sinh;
/// Hyperbolic cosine.
inline constexpr Function<lanes::Cosh> cosh;

}  // namespace xgrad::elementary
