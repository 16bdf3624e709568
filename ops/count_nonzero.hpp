#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// How many elements of x over `axes` (all of them by default) are true or differ from 0, as int64; with `keepdims` the
/// axes stay as sizes of 1. What is not a number differs from 0.
Tensor count_nonzero(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
