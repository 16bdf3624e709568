#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where x is above `limit`, else `value`, element by element. The derivative is 0 at the limit, as in PyTorch.
/// Floating point.
Tensor threshold(const Tensor& x, double limit, double value);

}  // namespace xgrad
