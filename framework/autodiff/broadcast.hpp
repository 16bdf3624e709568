#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// `tensor` repeated along new leading axes and axes of size 1 until it has `shape`, as NumPy broadcasts. No copy is
/// made where the reader can read the original instead. Throws ShapeError when it does not broadcast to `shape`.
Tensor broadcast_to(const Tensor& tensor, const Shape& shape);

/// The transpose of `broadcast_to`: sums `tensor` over the axes along which `shape` would be repeated to give the
/// tensor's shape. Throws ShapeError when `shape` does not broadcast to the tensor's shape.
Tensor sum_to(const Tensor& tensor, const Shape& shape);

/// Zeros of the type of `tensor`.
Tensor zeros_like(const Tensor& tensor);

/// Ones of the type of `tensor`.
Tensor ones_like(const Tensor& tensor);

}  // namespace xgrad
