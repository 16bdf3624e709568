#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// Sums products over pairs of axes: the given ones of left with those of right, in this order. The result has the
/// other axes of left, then those of right. Both have one floating-point dtype. Throws ShapeError when an axis does not
/// exist or is named twice, or when the sizes of a pair differ.
Tensor tensordot(const Tensor& left, const Tensor& right, const std::vector<std::int64_t>& left_axes,
                 const std::vector<std::int64_t>& right_axes);

/// Over the last `axes` axes of left and as many first ones of right: 0 is the outer product, 1 is `dot` of matrices.
Tensor tensordot(const Tensor& left, const Tensor& right, std::int64_t axes = 2);

/// Over the last axis of both: (m, k) and (n, k) give (m, n). A scalar multiplies the other.
Tensor inner(const Tensor& left, const Tensor& right);

/// Over all elements, in row-major order: the shapes need only have the same number of elements, the result is a
/// scalar.
Tensor vdot(const Tensor& left, const Tensor& right);

}  // namespace xgrad
