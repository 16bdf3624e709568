#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Stands, once, in the shape given to `reshape` for the size that follows from the others: NumPy's -1.
inline const Dim infer_dim = Dim::symbol("infer_dim");

/// The elements of x, in row-major order, under another shape; nothing is copied. Sizes may hold symbols:
/// reshape(x, {batch, infer_dim}). Throws ShapeError when the number of elements differs.
Tensor reshape(const Tensor& x, const Shape& shape);

/// x of shape (n, a, b, ...) as (n, a*b*...). Throws ShapeError for a scalar.
Tensor flatten(const Tensor& x);

/// x without the given axes. Throws ShapeError when one of them is not of size 1.
Tensor squeeze(const Tensor& x, const Axes& axes);

/// x without its axes of size 1. A symbol stays, though it may turn out to be 1.
Tensor squeeze(const Tensor& x);

}  // namespace xgrad
