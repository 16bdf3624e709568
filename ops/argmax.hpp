#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Index, as int64, of the largest element of x along `axis`, which the result no longer has. The first of equal ones;
/// as in NumPy the first that is not a number counts as largest. Throws ShapeError when the axis is known to be empty.
Tensor argmax(const Tensor& x, int axis = -1);

}  // namespace xgrad
