#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Where, as int64, `values` would have to be inserted to keep `sorted` in ascending order: before equal elements or,
/// with `right`, behind them. `sorted` is a vector and `values` have any shape, as in NumPy, or both have the same
/// leading axes and each line of values is looked up in its own, as in PyTorch. What is not a number counts as largest.
/// Throws ShapeError for other shapes, DTypeError for mixed dtypes.
Tensor searchsorted(const Tensor& sorted, const Tensor& values, bool right = false);

}  // namespace xgrad
