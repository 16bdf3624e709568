#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/elementary/quadrant.hpp>

namespace xgrad::elementary {
namespace lanes {

/// sin(r) and cos(r) for |r| <= pi / 4: minimax polynomials, found with Remez' algorithm, of errors of 2^-28 or 2^-58.
template <class V>
[[gnu::always_inline]] inline V sine_of_rest(V r) {
  const V square = r * r;
  if constexpr (sizeof(Number<V>) == 4) {
    return multiply_add(r * square,
                        polynomial<V, 3>(square, {-1.66666542289e-1f, 8.33213171743e-3f, -1.9510869752e-4f}), r);
  } else {
    return multiply_add(
        r * square,
        polynomial<V, 6>(square, {-1.666666666666662771e-1, 8.3333333333212911901e-3, -1.9841269828874892224e-4,
                                  2.7557313357712720198e-6, -2.5050704310955744886e-8, 1.5893599885411929705e-10}),
        r);
  }
}

template <class V>
[[gnu::always_inline]] inline V cosine_of_rest(V r) {
  const V square = r * r;
  const V most = multiply_add(square, V(Number<V>(-0.5)), V(1));
  if constexpr (sizeof(Number<V>) == 4) {
    return multiply_add(square * square,
                        polynomial<V, 3>(square, {4.16666456633e-2f, -1.3887306545e-3f, 2.44312605571e-5f}), most);
  } else {
    return multiply_add(
        square * square,
        polynomial<V, 6>(square, {4.1666666666666591269e-2, -1.3888888888872634487e-3, 2.480158728851474466e-5,
                                  -2.7557314063166890691e-7, 2.0875682769256254077e-9, -1.1357493870933157867e-11}),
        most);
  }
}

/// Whether the lowest bit of `word` is set.
template <class V>
[[gnu::always_inline]] inline auto is_odd(Bits<V> word) {
  using T = Number<V>;
  const Bits<V> top = word << (static_cast<int>(sizeof(T)) * 8 - 1);
  return from_bits<V>(top | Bits<V>(Format<T>::one)) < V(0);
}

/// The sine of an angle `quadrants` quarters of a turn further.
template <class V>
[[gnu::always_inline]] inline V turned_sine(const Quadrant<V>& at, Number<V> quadrants) {
  using T = Number<V>;
  const Bits<V> quadrant = bits(at.n_from_bits + V(quadrants));
  const V value = choose(is_odd<V>(quadrant), cosine_of_rest(at.rest), sine_of_rest(at.rest));
  return flip_sign(value, (quadrant >> 1) << (static_cast<int>(sizeof(T)) * 8 - 1));
}

struct Sin {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    return choose(x == V(0), x, turned_sine(quadrant_of(x), 0));  // -0 stays
  }
};

struct Cos {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    return turned_sine(quadrant_of(x), 1);
  }
};

struct Tan {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const auto at = quadrant_of(x);
    const V sine = sine_of_rest(at.rest);
    const V cosine = cosine_of_rest(at.rest);
    const auto is_turned = is_odd<V>(bits(at.n_from_bits));
    const V result = choose(is_turned, -cosine, sine) / choose(is_turned, sine, cosine);
    return choose(x == V(0), x, result);
  }
};

}  // namespace lanes

/// Sine; the argument in radians, of any size.
inline constexpr Function<lanes::Sin> sin;
/// Cosine.
inline constexpr Function<lanes::Cos> cos;
/// Tangent.
inline constexpr Function<lanes::Tan> tan;

}  // namespace xgrad::elementary
