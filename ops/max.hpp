#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace xgrad {

/// Largest element of x over `axes` (all of them by default), not a number when one of them is none; with `keepdims`
/// the axes stay as sizes of 1. Elements that share the maximum share its cotangent evenly, as PyTorch's amax. Throws
/// ShapeError when an axis is known to be empty; over a symbol that turns out to be 0 the result is the lowest number
/// of the dtype.
Tensor max(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// Smallest element of x; in everything else as `max`.
Tensor min(const Tensor& x, const Axes& axes = {}, bool keepdims = false);

/// The axes, counted from the front, of a reduction that has no value over nothing. Throws ShapeError, with `where` as
/// its first word, when one of them is known to be empty.
std::vector<std::size_t> nonempty_axes(std::string_view where, const Tensor& x, const Axes& axes);

}  // namespace xgrad
