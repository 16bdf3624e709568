#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Square root of x, element by element; not a number below 0. Floating point. The derivative at 0 is infinite.
Tensor sqrt(const Tensor& x);

}  // namespace xgrad
