#pragma once

#include <xgrad/framework/core/xtensor.hpp>

#include <limits>

namespace xgrad {

/// start + weight * (end - start), of vectors of numbers. From the nearer end on, so that both ends are exact; where
/// their difference is infinite or NaN, as two shares, of which one of 0 is nothing: an infinite mean stays infinite.
template <class V>
V interpolate(V start, V end, V weight) {
  using T = typename V::value_type;
  const auto is_late = weight >= V(T(0.5));
  const V near = xsimd::select(is_late, end, start);
  const V far = xsimd::select(is_late, start, end);
  const V share = xsimd::select(is_late, V(T(1)) - weight, weight);
  const V difference = far - near;
  const V shares = (V(T(1)) - share) * near + share * far;
  const V apart = xsimd::select((share == V(T(0))) || (near == far), near, shares);
  return xsimd::select(xsimd::abs(difference) <= V(std::numeric_limits<T>::max()), near + share * difference, apart);
}

}  // namespace xgrad
