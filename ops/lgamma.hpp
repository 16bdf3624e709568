#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Logarithm of the absolute value of the gamma function of x, element by element, of negative x too; infinity at 0,
/// -1, -2, ... Floating point. The gradient is `digamma`.
Tensor lgamma(const Tensor& x);

}  // namespace xgrad
