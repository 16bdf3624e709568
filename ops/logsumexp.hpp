#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(sum(e^x)) over `axes` (all of them by default), computed from x - max(x), so that no element overflows; with
/// `keepdims` the axes stay as sizes of 1. Floating point. Throws ShapeError when an axis is known to be empty.
Tensor logsumexp(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// x - largest, for a `largest` that is the largest of the x that are compared with it, or above: an exponent that
/// cannot overflow. 0 where both are infinity, and x where `largest` is -infinity, so that neither makes NaN. The
/// derivatives are 1 and -1.
Tensor below_largest(const Tensor& x, const Tensor& largest);

}  // namespace xgrad
