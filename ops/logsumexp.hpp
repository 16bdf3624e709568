#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(sum(e^x)) over `axes` (all of them by default), computed from x - max(x), so that no element overflows; with
/// `keepdims` the axes stay as sizes of 1. Floating point. Throws ShapeError when an axis is known to be empty.
Tensor logsumexp(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
