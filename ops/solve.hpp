#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x with matmul(matrix, x) = right, for each matrix in the last two axes; leading axes broadcast. (..., n, n) and
/// (..., n, k) give (..., n, k); a vector on the right is one column and gives a vector. Both have one floating-point
/// dtype. Throws ShapeError where shapes do not fit; running it throws NumericError, naming the matrix, when one is
/// singular. Takes workspace from the heap.
Tensor solve(const Tensor& matrix, const Tensor& right);

/// The same for triangular matrices, of which only the lower triangle, or the upper one, is read. Takes nothing from
/// the heap.
Tensor solve_triangular(const Tensor& matrix, const Tensor& right, bool lower = true);

}  // namespace xgrad
