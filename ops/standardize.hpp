#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Each row along the last axis less its mean, divided by its standard deviation:
///     (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon)
/// Floating point. Throws ShapeError for a scalar and ValueError unless epsilon is positive. layer_norm and group_norm
/// are this, scaled and moved.
Tensor standardize(const Tensor& x, double epsilon = 1e-5);

}  // namespace xgrad
