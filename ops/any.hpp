#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Whether some element of x over `axes` (all of them by default) is true or differs from 0, as bool; with `keepdims`
/// the axes stay as sizes of 1. What is not a number differs from 0. False over nothing.
Tensor any(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// Whether every element of x is true or differs from 0; true over nothing, in everything else as `any`.
Tensor all(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

}  // namespace xgrad
