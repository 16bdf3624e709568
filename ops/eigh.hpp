#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// What `eigh` finds.
struct SymmetricEigen {
  Tensor eigenvalues;   ///< (..., n): in ascending order
  Tensor eigenvectors;  ///< (..., n, n): in columns, of length 1, orthogonal to each other
};

/// Eigenvalues and eigenvectors of each symmetric matrix in the last two axes. Only the lower triangle of x is read;
/// the gradient is the symmetric one, as PyTorch's, which is right for an x that stays symmetric. The signs of
/// eigenvectors are LAPACK's: have no result depend on them. Single eigenvectors of equal
/// eigenvalues have no derivative: what uses them is differentiated there to not-a-number. What does not depend on them
/// has its first derivatives: sums over all eigenvalues, or any other use of these alone that treats equal ones alike,
/// the vector of an eigenvalue that stands apart, the projector on all vectors of equal eigenvalues. What uses equal
/// eigenvalues and their vectors together, such as v w v^T, is not a number: its cotangents do not tell its
/// derivative. Throws ShapeError unless the matrices are square
/// and of a known size, DTypeError unless x is of floating point; running it throws NumericError, naming the matrix,
/// when an element is not finite. Takes workspace from the heap. Gradient: Giles, "Collected matrix derivative results
/// for forward and reverse mode algorithmic differentiation" (2008).
SymmetricEigen eigh(const Tensor& x);

}  // namespace xgrad
