#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The error function, element by element: 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. Floating point.
Tensor erf(const Tensor& x);

/// 1 - erf(x), element by element, precise also where erf(x) is close to 1. Floating point.
Tensor erfc(const Tensor& x);

}  // namespace xgrad
