#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// Logic, element by element, with NumPy broadcasting: a number counts as true unless it is 0. Both sides have one
// dtype, which may be any; the result is boolean and has no gradient.

/// Whether both are true.
Tensor logical_and(const Tensor& left, const Tensor& right);

/// Whether one of both is true, or both.
Tensor logical_or(const Tensor& left, const Tensor& right);

/// Whether just one of both is true.
Tensor logical_xor(const Tensor& left, const Tensor& right);

/// Whether x is false.
Tensor logical_not(const Tensor& x);

}  // namespace xgrad
