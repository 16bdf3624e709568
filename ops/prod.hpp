#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Product of x over `axes` (all of them by default); with `keepdims` they stay as sizes of 1. Integers and
/// booleans are multiplied as int64 and give int64, as in NumPy and PyTorch; floating point keeps its dtype. The
/// product of nothing is 1. Zeros in x are as good as other numbers for derivatives of every order.
Tensor prod(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
