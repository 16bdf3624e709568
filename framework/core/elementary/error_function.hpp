#pragma once

#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

template <class T>
struct Slope {
  T high;
  T low;
};

/// For t = x: 1 / k with k = 3 (float) or 4 (double).
template <class T>
inline constexpr Slope<T> plain_slope = sizeof(T) == 4 ? Slope<T>{T(0x1.555556p-2), T(-0x1.555556p-27)}
                                                       : Slope<T>{T(0.25), T(0)};
/// For t = x / sqrt(2).
template <class T>
inline constexpr Slope<T> normal_slope = sizeof(T) == 4 ? Slope<T>{T(0x1.e2b7dep-3), T(-0x1.0082ccp-30)}
                                                        : Slope<T>{T(0x1.6a09e667f3bcdp-3), T(-0x1.bdd3413b26456p-57)};

/// A number as a rounded one and what is missing; float does without.
template <class V>
struct Sum {
  V high;
  V low;
};

/// The polynomials of `scaled_erfc`.
template <class V>
[[gnu::always_inline]] inline V scaled_erfc_series(V v) {
  if constexpr (sizeof(Number<V>) == 4) {
    return polynomial<V, 10>(
        v, {3.5800230259e-1f, -2.94464828809e-1f, 1.96742766088e-1f, -1.03488669661e-1f, 3.98430240656e-2f,
            -8.94660760957e-3f, -4.08816110267e-4f, 1.02677162785e-3f, -1.61050622081e-4f, -1.08437430241e-4f});
  } else {
    return polynomial<V, 24>(
        v,
        {2.7399891525012277969e-1,  -2.4413718227022049944e-1,  1.9330217556630932124e-1,  -1.3521345782830874373e-1,
         8.2712896969498956057e-2,  -4.3502734309982611062e-2,  1.9095378727454288589e-2,  -6.5925133351214525756e-3,
         1.528013911979219929e-3,   -7.0239715914042759652e-5,  -1.1376315418972166663e-4, 4.4203202516052340798e-5,
         -9.0888210620421084494e-7, -4.7152204531401498321e-6,  1.1739089016565601056e-6,  3.5607502365648942644e-7,
         -2.1223033872014053074e-7, -1.900023639077607533e-8,   3.1998059413556098143e-8,  4.5327428534072918411e-10,
         -4.6442109602561069163e-9, -2.0857145229196369293e-10, 5.239237898059899941e-10,  1.0339815730255534831e-10});
  }
}

/// e^(t^2) * erfc(t) for 0 <= t <= 10.2 (float) or 27.5 (double). With w = 1 / (1 + t / k) it is w times a polynomial
/// of 1 - 2 * w; such variables are those of M. M. Shepherd and J. G. Laframboise, "Chebyshev approximation of (1 + 2x)
/// exp(x^2) erfc x in 0 <= x < infinity", 1981. The polynomials here are minimax ones, found with Remez' algorithm, of
/// relative errors of 2^-28 and 2^-60.
///
/// `slope` is t / (k * x), as the sum of two numbers.
template <class V>
[[gnu::always_inline]] inline Sum<V> scaled_erfc(V x, const Slope<Number<V>>& slope) {
  constexpr bool is_float = sizeof(Number<V>) == 4;
  const V divisor = multiply_add(x, V(slope.high), V(1));
  V lost = multiply_add(x, V(slope.high), V(1) - divisor);
  if constexpr (!is_float) lost = multiply_add(x, V(slope.low), lost);
  const V rough = V(1) / divisor;
  // One step of Newton's method, towards the divisor before it was rounded: the result varies k times as fast as w.
  const V excess = rough * multiply_add(lost, rough, multiply_add(rough, divisor, V(-1)));
  const V scale = scaled_erfc_series(multiply_add(excess, V(2), multiply_add(rough, V(-2), V(1))));
  if constexpr (is_float) {
    return {(rough - excess) * scale, V(0)};
  } else {
    const V high = rough * scale;
    return {high, multiply_add(rough, scale, -high) - excess * scale};
  }
}

/// The parts of e^(-factor * x^2): the square in two numbers, because its rounding error would be multiplied by itself.
template <class V>
[[gnu::always_inline]] inline ExponentialParts<V> split_gaussian(V x, Number<V> factor) {
  const V scaled = x * V(-factor);  // exact: factor is a power of 2
  const V square = scaled * x;
  auto parts = split_exponential(square);
  parts.rest = parts.rest + multiply_add(scaled, x, -square);
  return parts;
}

/// x * e^rest.
template <class V>
[[gnu::always_inline]] inline V times_exponential_of_rest(const Sum<V>& x, V rest) {
  return x.high + multiply_add(x.high, exponential_of_rest_less_1(rest), x.low);
}

/// erf(x) / x - 1 for |x| <= 1, a minimax polynomial of x^2 of an error of 2^-29 or 2^-62.
template <class V>
[[gnu::always_inline]] inline V erf_rest(V square) {
  if constexpr (sizeof(Number<V>) == 4) {
    return polynomial<V, 7>(square, {1.28379165727e-1f, -3.76126258247e-1f, 1.12835851531e-1f, -2.68538121083e-2f,
                                     5.18832794886e-3f, -8.01019517753e-4f, 7.85386385372e-5f});
  } else {
    return polynomial<V, 13>(square, {1.2837916709551257375e-1, -3.7612638903183747605e-1, 1.1283791670954857484e-1,
                                      -2.6866170645072892357e-2, 5.2239776247808431464e-3, -8.548326978740998477e-4,
                                      1.2055331036859569693e-4, -1.4925593505968365792e-5, 1.646097280212825728e-6,
                                      -1.6350025057560470516e-7, 1.4657878655718596845e-8, -1.1365661012451598945e-9,
                                      5.9452526942831760098e-11});
  }
}

/// Where erfc and its scaled form end.
template <class T>
inline constexpr T last_erfc = sizeof(T) == 4 ? T(10.2) : T(27.5);

struct Erfc {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V size = at_most(magnitude(x), last_erfc<T>);
    const auto parts = split_gaussian(size, T(1));
    const V tail = times_power_of_2(times_exponential_of_rest(scaled_erfc(size, plain_slope<T>), parts.rest), parts);
    return choose(x < V(0), V(2) - tail, tail);
  }
};

struct Erf {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V size = magnitude(x);
    const V inner = multiply_add(size, erf_rest(size * size), size);
    const V far = at_most(size, T(sizeof(T) == 4 ? 4 : 6));  // 1 from there on
    const V outer = V(1) - scaled_erfc(far, plain_slope<T>).high * exponential_of_moderate(-(far * far));
    return flip_sign(choose(size < V(1), inner, outer), sign_bit(x));
  }
};

/// Where x times the probability that a standard normal number is beyond x is surely 0.
template <class T>
inline constexpr T last_normal = sizeof(T) == 4 ? T(14.4) : T(38.8);

struct Gelu {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const V size = at_most(magnitude(x), last_normal<T>);
    const auto parts = split_gaussian(size, T(0.5));
    const V factor = size * V(T(-0.5));
    const auto twice = scaled_erfc(size, normal_slope<T>);
    const V high = factor * twice.high;
    V low = multiply_add(factor, twice.high, -high);
    if constexpr (sizeof(T) == 8) low = multiply_add(factor, twice.low, low);
    // Scaled at last, because it may be a denormal number then; 0 at minus infinity.
    const V left = times_power_of_2(times_exponential_of_rest(Sum<V>{high, low}, parts.rest), parts);
    return choose(x < V(0), left, x + left);
  }
};

struct GeluSlope {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    constexpr T density_at_zero = T(0.398942280401432677940);  // 1 / sqrt(2 * pi)
    const V size = at_most(magnitude(x), last_normal<T>);
    const auto parts = split_gaussian(size, T(0.5));
    const V scaled = multiply_add(size, V(-density_at_zero), V(T(0.5)) * scaled_erfc(size, normal_slope<T>).high);
    const V left = times_power_of_2(scaled * exponential_of_rest(parts.rest), parts);
    return choose(x < V(0), left, V(1) - left);
  }
};

}  // namespace lanes

/// The error function.
inline constexpr Function<lanes::Erf> erf;
/// 1 - erf(x) without cancellation, to its underflow.
inline constexpr Function<lanes::Erfc> erfc;
/// x times the probability that a standard normal number is below x. 0 at minus infinity.
inline constexpr Function<lanes::Gelu> gelu;
/// The derivative of `gelu`: 0 and 1 at the infinities.
inline constexpr Function<lanes::GeluSlope> gelu_slope;

}  // namespace xgrad::elementary
