#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The inverse of each matrix in the last two axes. Throws ShapeError unless these are square, DTypeError unless x is
/// of floating point; running it throws NumericError, naming the matrix, when one is singular. Takes workspace from the
/// heap.
Tensor inv(const Tensor& x);

}  // namespace xgrad
