#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// What `qr` finds.
struct QrFactors {
  Tensor q;  ///< (..., m, k): columns of length 1, orthogonal to each other
  Tensor r;  ///< (..., k, n): zeros below the diagonal
};

/// The reduced QR factors, x = matmul(q, r), of each matrix in the last two axes: (..., m, n) with k = min(m, n). The
/// signs of r's diagonal are LAPACK's, as in NumPy; multiply columns of q and rows of r by them where they must be
/// positive. Derivatives exist where the first k columns are linearly independent; where one is exactly zero, running
/// them throws NumericError. Throws ShapeError below two axes and when m or n is a symbol, DTypeError unless x is of
/// floating point; running it throws NumericError, naming the matrix, when an element is not finite. Takes workspace
/// from the heap. Gradient: Walter and Lehmann, "Algorithmic differentiation of linear algebra functions" (2010).
QrFactors qr(const Tensor& x);

}  // namespace xgrad
