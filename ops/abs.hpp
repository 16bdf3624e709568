#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Absolute value of x, element by element, for signed numbers. The derivative at 0 is 0, as in PyTorch.
Tensor abs(const Tensor& x);

}  // namespace xgrad
