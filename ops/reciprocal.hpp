#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// 1 / x, element by element; an infinity at 0. Floating point.
Tensor reciprocal(const Tensor& x);

/// 1 / sqrt(x), element by element; infinity at 0 and not a number below. Floating point.
Tensor rsqrt(const Tensor& x);

}  // namespace xgrad
