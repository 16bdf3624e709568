#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Sum of x over `axes` as `sum`, in which what is not a number counts as 0 and gets no gradient.
Tensor nansum(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// Mean over `axes` of the elements of x that are numbers; the others get no gradient. Floating point. Not a number
/// where no element is one.
Tensor nanmean(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
