#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Sine of x in radians, element by element. Floating point.
Tensor sin(const Tensor& x);

/// Cosine of x in radians, element by element. Floating point.
Tensor cos(const Tensor& x);

/// Tangent of x in radians, element by element. Floating point.
Tensor tan(const Tensor& x);

}  // namespace xgrad
