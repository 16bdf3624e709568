#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The p-norm, p = `order`, of the vectors that x holds along `axes` (one vector of all elements by default):
/// (sum |x|^p)^(1/p), the largest |x| for infinity. With `keepdims` the axes stay as sizes of 1. Floating point;
/// squares and powers neither overflow nor underflow where the norm does not. As in PyTorch, the derivative of |x| at 0
/// and of a norm at the zero vector is 0, and elements that share the largest |x| share its cotangent evenly. Throws
/// ValueError for an order below 1, ShapeError for infinity over a known empty axis.
Tensor norm(const Tensor& x, double order = 2, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
