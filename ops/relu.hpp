#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where it is positive, else 0, element by element. Floating point. The derivative at 0 is 0, as in PyTorch.
Tensor relu(const Tensor& x);

}  // namespace xgrad
