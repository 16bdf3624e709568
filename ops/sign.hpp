#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// -1, 0 or 1, as x is below, at or above 0, element by element; not a number where x is none. The gradient is 0
/// everywhere, as in PyTorch. Of numbers.
Tensor sign(const Tensor& x);

}  // namespace xgrad
