#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where x > 0, else negative_slope * x, element by element; the slope is 0.01 unless given, as in PyTorch. The
/// derivative at 0 is the slope. Floating point.
Tensor leaky_relu(const Tensor& x);
Tensor leaky_relu(const Tensor& x, double negative_slope);

/// leaky_relu with a slope that is learned: a tensor that broadcasts with x, such as (channels, 1, 1) for images of
/// shape (batch, channels, rows, columns). Both have one floating-point dtype. At 0 the derivative with respect to x is
/// the slope. Source: He et al., "Delving Deep into Rectifiers", 2015.
Tensor prelu(const Tensor& x, const Tensor& slope);

}  // namespace xgrad
