#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * x, element by element, for numbers.
Tensor square(const Tensor& x);

}  // namespace xgrad
