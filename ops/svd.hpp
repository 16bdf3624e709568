#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// What `svd` finds.
struct SingularValueDecomposition {
  Tensor u;   ///< (..., m, k): left singular vectors, in columns
  Tensor s;   ///< (..., k): singular values, in descending order
  Tensor vt;  ///< (..., k, n): right singular vectors, in rows
};

/// The reduced singular value decomposition, x = matmul(u * s, vt), of each matrix in the last two axes: (..., m, n)
/// with k = min(m, n). The signs of singular vectors are LAPACK's: have no result depend on them alone. Single
/// singular vectors have no derivative where singular values are equal or, unless m = n, zero: what uses them is
/// differentiated there to not-a-number. What does not depend on them has its first derivatives: the vectors of a
/// singular value that stands apart, u v^T of a square matrix; u s v^T where values are not equal. What uses equal
/// singular values and their vectors together is not a number: its cotangents do not tell its derivative. Throws
/// ShapeError below two axes and when m or n is a symbol, DTypeError unless x is of floating point; running it throws
/// NumericError, naming the matrix, when an element is not finite. Takes workspace from the heap. Gradient: Townsend,
/// "Differentiating the singular value decomposition" (2016).
SingularValueDecomposition svd(const Tensor& x);

/// Its singular values alone, at less cost; differentiable also where some of them are equal.
Tensor svdvals(const Tensor& x);

}  // namespace xgrad
