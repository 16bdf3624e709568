#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// Rounding to whole numbers, element by element. The gradient is 0 everywhere, as in PyTorch. Of numbers; integers stay
// as they are.

/// The largest whole number that is not above x.
Tensor floor(const Tensor& x);

/// The smallest whole number that is not below x.
Tensor ceil(const Tensor& x);

/// The whole number next to x; the even one of two that are equally near, as in NumPy: round(2.5) is 2.
Tensor round(const Tensor& x);

/// x without its fraction.
Tensor trunc(const Tensor& x);

}  // namespace xgrad
