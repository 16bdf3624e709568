#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Hyperbolic sine of x, element by element. Floating point.
Tensor sinh(const Tensor& x);

/// Hyperbolic cosine of x, element by element. Floating point.
Tensor cosh(const Tensor& x);

}  // namespace xgrad
