#pragma once

#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/function.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

namespace xgrad::elementary {
namespace lanes {

// e^-|x| is kept as a mantissa and a power of 2, so that a product with it is rounded once where it is a denormal
// number. Its parts are not gathered in a structure of structures, which GCC 12 would copy through memory.

template <class V>
[[gnu::always_inline]] inline ExponentialParts<V> split_decay(V size) {
  return split_exponential(at_least(-size, lowest_exponent<Number<V>>));
}

struct Sigmoid {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const auto parts = split_decay(magnitude(x));
    const V e = times_power_of_2(exponential_of_rest(parts.rest), parts);
    const V right = V(1) / (V(1) + e);
    return choose(x < V(0), e * right, right);
  }
};

struct Silu {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const auto parts = split_decay(magnitude(x));
    const V less_1 = exponential_of_rest_less_1(parts.rest);
    const V e = times_power_of_2(less_1 + V(1), parts);
    const V right = at_least(x, lowest_exponent<Number<V>>) / (V(1) + e);
    return choose(x < V(0), times_power_of_2(multiply_add(right, less_1, right), parts), right);
  }
};

struct SiluSlope {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    const V size = at_most(magnitude(x), -lowest_exponent<Number<V>>);
    const auto parts = split_decay(size);
    const V e = times_power_of_2(exponential_of_rest(parts.rest), parts);
    const V right = V(1) / (V(1) + e);
    const V left = e * right;
    // s * (1 + x * (1 - s)) on both sides, without cancellation in 1 - s.
    return choose(x < V(0), left * multiply_add(-size, right, V(1)), right * multiply_add(size, left, V(1)));
  }
};

struct Mish {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    // With e = e^-|x|, tanh(log(1 + e^x)) is (1 + 2e) / (1 + 2e + 2e^2) right of 0 and e (e + 2) / (e (e + 2) + 2)
    // left.
    const auto parts = split_decay(magnitude(x));
    const V less_1 = exponential_of_rest_less_1(parts.rest);
    const V e = times_power_of_2(less_1 + V(1), parts);
    const V inside = at_least(x, lowest_exponent<Number<V>>);
    const auto is_left = x < V(0);
    const V numerator = choose(is_left, e + V(2), multiply_add(e, V(2), V(1)));
    const V denominator = choose(is_left, multiply_add(e, numerator, V(2)), multiply_add(e * e, V(2), numerator));
    const V right = inside * (numerator / denominator);
    return choose(is_left, times_power_of_2(multiply_add(right, less_1, right), parts), right);
  }
};

struct MishSlope {
  template <class V>
  [[gnu::always_inline]] V operator()(V x) const {
    // t + x * sigmoid(x) * (1 - t^2) with the fractions of `Mish` in it: 1 - t^2 does not cancel.
    const V size = at_most(magnitude(x), -lowest_exponent<Number<V>>);
    const auto parts = split_decay(size);
    const V e = times_power_of_2(exponential_of_rest(parts.rest), parts);
    const auto is_left = x < V(0);
    const V sum = choose(is_left, e + V(2), multiply_add(e, V(2), V(1)));
    const V denominator = choose(is_left, multiply_add(e, sum, V(2)), multiply_add(e * e, V(2), sum));
    const V numerator = choose(is_left, e * sum, sum);
    const V rest = V(4) * (e + V(1)) * choose(is_left, -e, e * e) * size;
    return (numerator + rest / denominator) / denominator;
  }
};

}  // namespace lanes

/// 1 / (1 + e^-x), to its underflow.
inline constexpr Function<lanes::Sigmoid> sigmoid;
/// x * sigmoid(x). 0 at minus infinity.
inline constexpr Function<lanes::Silu> silu;
/// The derivative of `silu`: 0 and 1 at the infinities.
inline constexpr Function<lanes::SiluSlope> silu_slope;
/// x * tanh(log(1 + e^x)). 0 at minus infinity.
inline constexpr Function<lanes::Mish> mish;
/// The derivative of `mish`: 0 and 1 at the infinities.
inline constexpr Function<lanes::MishSlope> mish_slope;

}  // namespace xgrad::elementary
