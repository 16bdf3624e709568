#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x with `axes` moved behind the others and merged into one last axis, so that what works along a last axis works over
/// several: (a, b, c) over axes 0 and 2 becomes (b, a*c). Over no axes the last one has size 1.
Tensor merge_axes(const Tensor& x, const Axes& axes);

/// The inverse: a tensor of the shape that merge_axes makes of `shape`, as `shape`. Throws ShapeError when it has
/// another.
Tensor split_axes(const Tensor& merged, const Axes& axes, const Shape& shape);

}  // namespace xgrad
