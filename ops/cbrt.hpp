#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Cube root of x, element by element, of negative numbers too. The derivative at 0 is infinity. Floating point.
Tensor cbrt(const Tensor& x);

}  // namespace xgrad
