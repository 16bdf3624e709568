#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Mean of x over `axes` (all of them by default); with `keepdims` they stay as sizes of 1. Floating point; the mean of
/// nothing is not a number.
Tensor mean(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
