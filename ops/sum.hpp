#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Sum of x over `axes` (all of them by default); with `keepdims` they stay as sizes of 1. Integers and booleans are
/// added as int64 and give int64, as in NumPy and PyTorch; floating point keeps its dtype. The sum of nothing is 0. The
/// order of additions depends on the shape alone.
Tensor sum(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
