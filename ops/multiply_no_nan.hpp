#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * weight, element by element, with NumPy broadcasting, and 0 where weight is 0, whatever x is there, infinities
/// and NaN included: for weights that choose. Both have one floating-point dtype. Gradients are products of the same
/// kind, in which a cotangent of 0 chooses as well. Named after TensorFlow's.
Tensor multiply_no_nan(const Tensor& x, const Tensor& weight);

/// x * y, and 0 where one of them is 0, whatever the other is: what gradients of choices are made of.
Tensor multiply_nonzeros(const Tensor& x, const Tensor& y);

}  // namespace xgrad
