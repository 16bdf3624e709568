#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// 2^x, element by element. Floating point.
Tensor exp2(const Tensor& x);

}  // namespace xgrad
