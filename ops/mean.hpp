#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Mean of x over `axes` (all of them by default); with `keepdims` they stay as sizes of 1. Finite where all elements
/// are, though their sum may not be. Floating point; the mean of nothing is not a number.
Tensor mean(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// x less its mean over `axes`, without what the mean loses by being rounded: of equal elements it is 0, and of a large
/// mean no error stays. Floating point.
Tensor centered(const Tensor& x, const Axes& axes = {});

}  // namespace xgrad
