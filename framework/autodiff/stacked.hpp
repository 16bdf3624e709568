#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <span>

namespace xgrad {

/// Where `stacked` and `part_of_stacked` have the axes along which tensors are stacked: before those of the tensors, or
/// after.
enum class StackedAxes { leading, trailing };

/// `tensors`, all of one type, as one tensor with further axes of sizes `axes`: as many tensors as these have elements,
/// in row-major order. Jacobians are put together with it.
Tensor stacked(std::span<const Tensor> tensors, const Extents& axes, StackedAxes side);

/// The tensor at `index` of what `stacked` made.
Tensor part_of_stacked(const Tensor& all, const Extents& axes, StackedAxes side, std::size_t index);

}  // namespace xgrad
