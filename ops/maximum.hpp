#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The larger of left and right, element by element, with NumPy broadcasting; not a number where either is none. Both
/// have one numeric dtype. Where they are equal each gets half of the cotangent, as in PyTorch.
Tensor maximum(const Tensor& left, const Tensor& right);
Tensor maximum(const Tensor& left, Number right);

/// The smaller of left and right; in everything else as `maximum`.
Tensor minimum(const Tensor& left, const Tensor& right);
Tensor minimum(const Tensor& left, Number right);

}  // namespace xgrad
