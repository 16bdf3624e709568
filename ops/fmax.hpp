#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The larger of left and right, element by element, with NumPy broadcasting, and the other side where one is not a
/// number. Both have one numeric dtype. Where they are equal left gets all of the cotangent, as in PyTorch.
Tensor fmax(const Tensor& left, const Tensor& right);
Tensor fmax(const Tensor& left, Number right);

/// The smaller of left and right; in everything else as `fmax`.
Tensor fmin(const Tensor& left, const Tensor& right);
Tensor fmin(const Tensor& left, Number right);

}  // namespace xgrad
