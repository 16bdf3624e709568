#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The determinant of each matrix in the last two axes, 0 for a singular one. Its derivatives of order 1
/// and 2 exist everywhere; those of higher order go through the inverse, so that running them for a singular matrix
/// throws NumericError. Throws
/// ShapeError unless the matrices are square, DTypeError unless x is of floating point. Takes workspace from the heap,
/// as `slogdet`. Gradient at singular matrices: Stewart, "On the adjugate matrix" (1998).
Tensor det(const Tensor& x);

/// A determinant that may be too large or small for its dtype: sign * exp(log_magnitude).
struct SignAndLogDeterminant {
  Tensor sign;           ///< 1, -1, or 0 for a singular matrix
  Tensor log_magnitude;  ///< -infinity for a singular matrix
};

/// The sign of the determinant of each matrix in the last two axes and the logarithm of its magnitude; in everything
/// else as `det`, but for derivatives: the sign has none, and running those of the logarithm for a singular matrix
/// throws NumericError.
SignAndLogDeterminant slogdet(const Tensor& x);

}  // namespace xgrad
