#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Median of x over `axes` (all of them by default): the element in the middle of their order or, as in NumPy, the mean
/// of the two there when the number of elements is even (PyTorch takes the lower). With `keepdims` the axes stay as
/// sizes of 1. Floating point; not a number when an element is none. The elements in the middle, of equal ones those
/// that a stable sort puts there, get the gradient. Throws ShapeError when an axis is known to be empty.
Tensor median(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
