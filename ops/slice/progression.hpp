#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// Places along one axis: `count` of them, from `start` on, `step` apart. A negative start counts from the end.
struct Progression {
  std::int64_t start;
  std::int64_t step;
  Dim count;

  /// All places of an axis, in order.
  static Progression all(Dim size) { return {0, 1, size}; }

  friend bool operator==(const Progression&, const Progression&) = default;
};

/// The elements of x at the places of one progression for each axis. The caller keeps them inside of x; sizes may be
/// symbols in axes that are taken whole, in order or reversed.
Tensor gather_progressions(const Tensor& x, std::vector<Progression> places);

/// The transpose of `gather_progressions`: an array of `shape` that holds `values` at the places, and `fill`, a
/// number that the dtype can hold, elsewhere.
Tensor place_progressions(const Tensor& values, Shape shape, std::vector<Progression> places, Number fill = 0);

}  // namespace xgrad
