#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace xgrad {

/// NumPy's start:stop:step. Negative positions count from the end, those outside of the axis are moved to its ends, and
/// nothing stands for the end at which a walk by `step` begins or stops.
struct Range {
  std::optional<std::int64_t> start = {};
  std::optional<std::int64_t> stop = {};
  std::int64_t step = 1;
};

/// The elements of x in one range for each of its first axes; further axes are taken whole: slice(x, {{}, {1, -1}}) is
/// NumPy's x[:, 1:-1]. Of an axis whose size is a symbol all must be taken, in order or with step -1. Throws ShapeError
/// for another part of it or more ranges than axes, ValueError for a step of 0.
Tensor slice(const Tensor& x, const std::vector<Range>& ranges);

/// The elements of x in a range of one axis: slice(x, {.stop = 3}, -1) is NumPy's x[..., :3].
Tensor slice(const Tensor& x, const Range& range, std::int64_t axis);

}  // namespace xgrad
