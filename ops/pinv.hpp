#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// The Moore-Penrose inverse of each matrix in the last two axes: the solution of least squares, and of those the
/// shortest, as a matrix. Singular values up to `rcond` times the largest count as zero; without it, as in PyTorch,
/// up to max(m, n) times the machine epsilon of the dtype. Differentiable as long as the rank stays. Throws ShapeError
/// below two axes and when the size of the matrices is a symbol, DTypeError unless x is of floating point, ValueError
/// for a negative rcond; running it throws NumericError, naming the matrix, when an element is not finite. Takes
/// workspace from the heap. Gradient: Golub and Pereyra, "The differentiation of pseudo-inverses and nonlinear least
/// squares problems whose variables separate" (1973).
Tensor pinv(const Tensor& x, std::optional<double> rcond = {});

}  // namespace xgrad
