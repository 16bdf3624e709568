#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The number whose hyperbolic sine is x, element by element. Floating point.
Tensor arcsinh(const Tensor& x);

/// The number of at least 0 whose hyperbolic cosine is x, element by element; not a number below 1. The derivative at 1
/// is infinity. Floating point.
Tensor arccosh(const Tensor& x);

/// The number whose hyperbolic tangent is x, element by element; infinities at -1 and 1 and not a number beyond them.
/// Floating point.
Tensor arctanh(const Tensor& x);

}  // namespace xgrad
