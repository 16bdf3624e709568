#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Each sample less its mean, divided by its standard deviation, times `scale` plus `offset`:
///     (x - mean(x)) / sqrt(mean((x - mean(x))^2) + epsilon) * scale + offset
/// over the last axes of x, those of scale and offset, which have one shape; all three have one floating-point dtype.
/// Throws ShapeError when the shapes do not fit and ValueError unless epsilon is positive. Source: Ba, Kiros and
/// Hinton, "Layer Normalization", 2016.
Tensor layer_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon = 1e-5);

}  // namespace xgrad
