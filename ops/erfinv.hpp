#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The inverse of erf, element by element: infinities at -1 and 1, and not a number beyond them. Floating point.
Tensor erfinv(const Tensor& x);

}  // namespace xgrad
