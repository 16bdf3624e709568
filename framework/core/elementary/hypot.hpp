#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

struct Hypot {
  template <class V>
  [[gnu::always_inline]] V operator()(V x, V y) const {
    using T = Number<V>;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr bool is_float = sizeof(T) == 4;
    const V left = magnitude(x);
    const V right = magnitude(y);
    const auto is_left = left > right;
    const V larger = choose(is_left, left, right);
    const V smaller = choose(is_left, right, left);
    // Squares must neither overflow nor lose digits to underflow.
    const auto is_large = larger > V(is_float ? T(0x1p60f) : T(0x1p500));
    const auto is_small = larger < V(is_float ? T(0x1p-60f) : T(0x1p-500));
    const V shrink = V(is_float ? T(0x1p-70f) : T(0x1p-540));
    const V grow = V(is_float ? T(0x1p70f) : T(0x1p540));
    const V scale = choose(is_large, shrink, choose(is_small, grow, V(1)));
    const V back = choose(is_large, grow, choose(is_small, shrink, V(1)));
    const V a = larger * scale;
    const V b = smaller * scale;
    const V result = square_root(multiply_add(a, a, b * b)) * back;
    const auto is_infinite = (left == V(infinity)) | (right == V(infinity));
    return choose(is_infinite, V(infinity), result);
  }
};

}  // namespace lanes

/// sqrt(x^2 + y^2) without overflow or underflow in between; infinite where one of the two is, as std::hypot.
inline constexpr Function<lanes::Hypot> hypot;

}  // namespace xgrad::elementary
