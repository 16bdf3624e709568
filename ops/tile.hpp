#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// x side by side with itself, `counts` times along each axis, as NumPy's tile: counts and axes are matched from the
/// last, and where there are fewer of one, 1 is meant. Throws ValueError for a negative count.
Tensor tile(const Tensor& x, const std::vector<std::int64_t>& counts);

/// x with each element along an axis `count` times, one beside the other: PyTorch's repeat_interleave. Throws
/// ValueError for a negative count.
Tensor repeat(const Tensor& x, std::int64_t count, std::int64_t axis);

/// x as one row of elements, in row-major order, each `count` times: NumPy's repeat without an axis.
Tensor repeat(const Tensor& x, std::int64_t count);

/// x with element i along an axis counts[i] times. Throws ShapeError unless there is one count for each element, and
/// ValueError for a negative count.
Tensor repeat(const Tensor& x, const std::vector<std::int64_t>& counts, std::int64_t axis);

}  // namespace xgrad
