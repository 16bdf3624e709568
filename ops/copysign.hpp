#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The magnitude of `magnitude` with the sign of `sign`, that of a zero included, element by element, with NumPy
/// broadcasting. Both have one floating-point dtype. The derivative with respect to `magnitude` is 0 where it is 0, as
/// in PyTorch; with respect to `sign` it is 0 everywhere.
Tensor copysign(const Tensor& magnitude, const Tensor& sign);
Tensor copysign(const Tensor& magnitude, double sign);

}  // namespace xgrad
