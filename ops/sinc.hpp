#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// sin(pi * x) / (pi * x), element by element, and 1 at 0, as NumPy's sinc. All its derivatives are precise around 0.
/// Floating point.
Tensor sinc(const Tensor& x);

}  // namespace xgrad
