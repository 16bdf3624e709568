#pragma once

#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

/// (e^r - 1 - r) / r^2 for |r| <= log(2) / 2: minimax polynomials, found with Remez' algorithm, of errors of 2^-28 and
/// 2^-57 of e^r.
template <class V>
[[gnu::always_inline]] inline V exponential_rest(V r) {
  if constexpr (sizeof(Number<V>) == 4) {
    return polynomial<V, 5>(
        r, {4.99999930504e-1f, 1.6666514786e-1f, 4.16684568066e-2f, 8.36941932081e-3f, 1.3813145697e-3f});
  } else {
    return polynomial<V, 10>(
        r, {5.0000000000000116598e-1, 1.6666666666666383247e-1, 4.1666666666519328686e-2, 8.3333333335090546948e-3,
            1.3888888946895913167e-3, 1.9841269483969375379e-4, 2.4801489363979498205e-5, 2.7557598626234840289e-6,
            2.7631686160297822577e-7, 2.4998656448760518661e-8});
  }
}

/// x = n * log(2) + rest with an integer n and |rest| <= log(2) / 2. W. J. Cody and W. Waite, "Software Manual for the
/// Elementary Functions", 1980: log(2) in two parts, so that n times the first part leaves no rounding error.
template <class V>
struct ExponentialParts {
  V n_from_bits;  ///< n + Format::to_integer
  V n;
  V rest;
};

template <class V>
[[gnu::always_inline]] inline ExponentialParts<V> split_exponential(V x) {
  using T = Number<V>;
  constexpr bool is_float = sizeof(T) == 4;
  constexpr T log2_e = T(1.44269504088896340736);
  constexpr T ln2_high = is_float ? T(0x1.62e4p-1) : T(0x1.62e42fefa3p-1);
  constexpr T ln2_low = is_float ? T(0x1.7f7d1cp-20) : T(0x1.3de6af278ece6p-42);
  const V shifted = multiply_add(x, V(log2_e), V(Format<T>::to_integer));
  const V n = shifted - V(Format<T>::to_integer);
  const V rest = multiply_add(n, V(-ln2_low), multiply_add(n, V(-ln2_high), x));
  return {shifted, n, rest};
}

/// x * 2^n for the n of `parts`, rounded once, from beyond the smallest to beyond the largest numbers of the format:
/// in two steps, because 2^n itself may be neither.
template <class V>
[[gnu::always_inline]] inline V times_power_of_2(V x, const ExponentialParts<V>& parts) {
  using T = Number<V>;
  const V half = multiply_add(parts.n, V(T(0.5)), V(Format<T>::to_integer));
  const Bits<V> one(Format<T>::one);
  const V first = from_bits<V>((bits(half) << Format<T>::mantissa_bits) + one);
  const V second = from_bits<V>(((bits(parts.n_from_bits) - bits(half)) << Format<T>::mantissa_bits) + one);
  return x * first * second;
}

/// 2^n for the n of `parts`, which must be the exponent of a normal number.
template <class V>
[[gnu::always_inline]] inline V power_of_2(const ExponentialParts<V>& parts) {
  using T = Number<V>;
  return from_bits<V>((bits(parts.n_from_bits) << Format<T>::mantissa_bits) + Bits<V>(Format<T>::one));
}

/// e^rest - 1.
template <class V>
[[gnu::always_inline]] inline V exponential_of_rest_less_1(V rest) {
  return multiply_add(rest * rest, exponential_rest(rest), rest);
}

/// e^rest.
template <class V>
[[gnu::always_inline]] inline V exponential_of_rest(V rest) {
  return exponential_of_rest_less_1(rest) + V(1);
}

/// Where e^x, even times x, is surely 0, and where e^x is surely infinite.
template <class T>
inline constexpr T lowest_exponent = sizeof(T) == 4 ? T(-110) : T(-760);
template <class T>
inline constexpr T highest_exponent = sizeof(T) == 4 ? T(90) : T(711);

/// e^x where e^x and 1 / e^x are normal numbers.
template <class V>
[[gnu::always_inline]] inline V exponential_of_moderate(V x) {
  const auto parts = split_exponential(x);
  return exponential_of_rest(parts.rest) * power_of_2(parts);
}

struct Exp {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    const auto parts = split_exponential(at_least(at_most(x, highest_exponent<T>), lowest_exponent<T>));
    return times_power_of_2(exponential_of_rest(parts.rest), parts);
  }
};

struct Exp2 {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    using T = Number<V>;
    constexpr T limit = sizeof(T) == 4 ? 152 : 1080;
    const V inside = at_least(at_most(x, limit), -limit);
    const V shifted = inside + V(Format<T>::to_integer);
    const V n = shifted - V(Format<T>::to_integer);
    const V rest = (inside - n) * V(T(0.693147180559945309417));
    return times_power_of_2(exponential_of_rest(rest), {shifted, n, rest});
  }
};

/// (e^x - 1) / 2, which is finite wherever e^x / 2 is.
template <class V>
[[gnu::always_inline]] inline V half_exponential_less_1(V x) {
  using T = Number<V>;
  // Above, the result is infinite; below, e^x is nothing beside 1.
  const V inside = at_least(at_most(x, T(sizeof(T) == 4 ? 89 : 710)), T(sizeof(T) == 4 ? -30 : -50));
  const auto parts = split_exponential(inside);
  const V less_1 = exponential_of_rest_less_1(parts.rest);
  const Bits<V> half(std::bit_cast<typename Format<T>::Word>(T(0.5)));
  const V scale = from_bits<V>((bits(parts.n_from_bits) << Format<T>::mantissa_bits) + half);
  return multiply_add(scale, less_1, scale - V(T(0.5)));
}

struct Expm1 {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const V result = half_exponential_less_1(x) * V(2);
    return choose(x == V(0), x, result);  // -0 stays
  }
};

}  // namespace lanes

/// e^x, to the end of the format on both sides.
inline constexpr Function<lanes::Exp> exp;
/// 2^x.
inline constexpr Function<lanes::Exp2> exp2;
/// e^x - 1 without cancellation.
inline constexpr Function<lanes::Expm1> expm1;

}  // namespace xgrad::elementary
