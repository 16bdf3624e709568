#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>

namespace xgrad::elementary {
namespace lanes {

struct Cbrt {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr int growth = sizeof(T) == 4 ? 24 : 54;  // a multiple of 3
    const V size = magnitude(x);
    const auto is_denormal = size < V(std::numeric_limits<T>::min());
    const auto parts = split_logarithm(choose(is_denormal, size * V(T(typename Format<T>::Word(1) << growth)), size));
    // 2^exponent = 2^(3 * third) * 2^(-1, 0 or 1).
    const V shifted = multiply_add(parts.exponent, V(T(1.0 / 3)), V(Format<T>::to_integer));
    const V third = shifted - V(Format<T>::to_integer);
    const V left = multiply_add(third, V(T(-3)), parts.exponent);
    const V power = choose(left > V(0), V(2), choose(left < V(0), V(T(0.5)), V(1)));
    const V y = (parts.fraction + V(1)) * power;
    // A minimax polynomial of an error of 2^-9, then Halley's method, each step of which triples the digits.
    V root = polynomial<V, 5>(y, {T(4.434313962476703429e-1), T(8.983051118465151227e-1), T(-4.7302912882262719956e-1),
                                  T(1.5255809327485009906e-1), T(-1.9371099347502261022e-2)});
    for (int step = 0; step < (sizeof(T) == 4 ? 1 : 2); ++step) {
      const V cube = root * root * root;
      root = root - root * ((cube - y) / (cube + cube + y));
    }
    // A step of Newton's method with what is left of y takes away the rounding errors of those.
    const V square = root * root;
    const V square_lost = multiply_add(root, root, -square);
    const V excess = multiply_add(square_lost, root, multiply_add(square, root, -y));
    root = root - excess / (V(3) * square);
    const V scale = from_bits<V>((bits(shifted) << Format<T>::mantissa_bits) + Bits<V>(Format<T>::one));
    const V shrunk = choose(is_denormal, V(T(1) / T(1 << (growth / 3))), V(1));
    const V result = flip_sign(root * scale * shrunk, sign_bit(x));
    return choose((size > V(0)) & (size < V(infinity)), result, x);
  }
};

}  // namespace lanes

/// The real cube root, of negative numbers too.
inline constexpr Function<lanes::Cbrt> cbrt;

}  // namespace xgrad::elementary
