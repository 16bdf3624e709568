#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// left * right, element by element, with NumPy broadcasting. Both have one numeric dtype. For the product of matrices
/// see `dot`.
Tensor multiply(const Tensor& left, const Tensor& right);

/// `multiply`. A number takes the dtype of the tensor.
Tensor operator*(const Tensor& left, const Tensor& right);
Tensor operator*(const Tensor& left, Number right);
Tensor operator*(Number left, const Tensor& right);

}  // namespace xgrad
