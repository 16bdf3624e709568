#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Natural logarithm of x, element by element: -infinity at 0, not a number below. Floating point. The logarithm of
/// what softmax or sigmoid made is computed from their input, so that it stays finite where the probability itself
/// underflows to 0.
Tensor log(const Tensor& x);

}  // namespace xgrad
