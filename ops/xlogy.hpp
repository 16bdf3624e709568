#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * log(y), element by element, with NumPy broadcasting, and 0 where x is 0, unless y is not a number. Both have one
/// floating-point dtype. Where x is 0 the derivatives are log(y) and 0, and both 0 where y is not above 0, as in
/// PyTorch.
Tensor xlogy(const Tensor& x, const Tensor& y);
Tensor xlogy(const Tensor& x, double y);

}  // namespace xgrad
