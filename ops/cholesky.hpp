#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The lower triangular matrix L with x = L L^T, for each symmetric positive definite matrix in the last two axes. Only
/// the lower triangle of x is read; the gradient is the symmetric one, as PyTorch's, which is right for an x that stays
/// symmetric. Throws ShapeError unless the matrices are square, DTypeError unless x is of floating point; running it
/// throws NumericError, naming the matrix, when one is not positive definite. Gradient: Murray, "Differentiation of the
/// Cholesky decomposition" (2016).
Tensor cholesky(const Tensor& x);

}  // namespace xgrad
