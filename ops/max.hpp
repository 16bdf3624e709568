#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Largest element of x over `axes` (all of them by default), not a number when one of them is none; with `keepdims`
/// the axes stay as sizes of 1. Elements that share the maximum share its cotangent evenly, as PyTorch's amax. Throws
/// ShapeError when an axis is known to be empty; over a symbol that turns out to be 0 the result is the lowest number
/// of the dtype.
Tensor max(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// Smallest element of x; in everything else as `max`.
Tensor min(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
