#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Hyperbolic tangent of x, element by element. Floating point.
Tensor tanh(const Tensor& x);

}  // namespace xgrad
