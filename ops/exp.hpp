#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// e to the power of x, element by element. Floating point.
Tensor exp(const Tensor& x);

}  // namespace xgrad
