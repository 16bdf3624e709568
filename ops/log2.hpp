#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Logarithm to base 2, element by element; -infinity at 0 and not a number below. Floating point.
Tensor log2(const Tensor& x);

/// Logarithm to base 10; in everything else as `log2`.
Tensor log10(const Tensor& x);

}  // namespace xgrad
