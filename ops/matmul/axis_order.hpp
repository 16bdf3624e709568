#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

namespace xgrad {

/// How an operand or a result is stored: axis i of the stack of matrices is axis order[i] of what is stored.
using AxisOrder = std::vector<std::size_t>;

/// As it is, or each matrix as its transpose.
inline AxisOrder order_of(std::size_t rank, bool flipped) {
  AxisOrder order(rank);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (flipped) std::swap(order[rank - 1], order[rank - 2]);
  return order;
}

/// What undoes it.
inline AxisOrder inverse(const AxisOrder& order) {
  AxisOrder result(order.size());
  for (std::size_t axis = 0; axis < order.size(); ++axis) result[order[axis]] = axis;
  return result;
}

/// `outer` of what `inner` makes of something stored.
inline AxisOrder composed(const AxisOrder& outer, const AxisOrder& inner) {
  AxisOrder order;
  std::transform(outer.begin(), outer.end(), std::back_inserter(order), [&](auto axis) { return inner[axis]; });
  return order;
}

}  // namespace xgrad
