#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

// Products of tensors through one product of matrices, named as in NumPy. Both sides have one floating-point dtype.

/// Sums over pairs of axes: left_axes[i] of the left with right_axes[i] of the right. The axes that stay are those of
/// the left, then those of the right. Throws ShapeError when the lists differ in length or the sizes of a pair differ.
Tensor tensordot(const Tensor& left, const Tensor& right, const std::vector<std::int64_t>& left_axes,
                 const std::vector<std::int64_t>& right_axes);

/// Sums over the last `axes` axes of the left and the first of the right.
Tensor tensordot(const Tensor& left, const Tensor& right, std::int64_t axes = 2);

/// Sums over the last axis of either side: (a, k) x (b, k) -> (a, b). With a scalar, the product by it.
Tensor inner(const Tensor& left, const Tensor& right);

/// Every element of the left by every element of the right, as a matrix.
Tensor outer(const Tensor& left, const Tensor& right);

/// The scalar product of all elements, in row-major order. Throws ShapeError when there are not equally many.
Tensor vdot(const Tensor& left, const Tensor& right);

}  // namespace xgrad
