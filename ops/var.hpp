#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Variance of x over `axes` (all of them by default): the squared distances from the mean, summed and divided by the
/// number of elements less `ddof`. With `keepdims` the axes stay as sizes of 1. In two passes, so that a large mean
/// costs no digits. Floating point. Where there are no more elements than `ddof` the divisor is 0, as in NumPy:
/// infinite, and not a number where all elements are equal. Throws ValueError for a negative `ddof`.
Tensor var(const Tensor& x, const Axes& axes = {}, bool keepdims = false, std::int64_t ddof = 0);

/// Standard deviation of x: the square root of `var`, free of its overflow and underflow. Where all elements are equal
/// the derivative is 0, as at the kink of the norm (PyTorch and JAX give what is not a number).
Tensor std(const Tensor& x, const Axes& axes = {}, bool keepdims = false, std::int64_t ddof = 0);

}  // namespace xgrad
