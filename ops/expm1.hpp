#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// e^x - 1, element by element, precise also where x is close to 0. Floating point.
Tensor expm1(const Tensor& x);

}  // namespace xgrad
