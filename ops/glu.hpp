#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// a * sigmoid(b) of the two halves a and b of x along an axis, the last unless given: (..., 2 * n) -> (..., n).
/// Floating point. Throws ShapeError when the axis does not exist or its size is odd or not known to be even. Source:
/// Dauphin et al., "Language Modeling with Gated Convolutional Networks", 2016.
Tensor glu(const Tensor& x);
Tensor glu(const Tensor& x, std::int64_t axis);

}  // namespace xgrad
