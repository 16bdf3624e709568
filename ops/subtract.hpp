#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// left - right, element by element, with NumPy broadcasting. Both have one numeric dtype.
Tensor subtract(const Tensor& left, const Tensor& right);

/// `subtract`. A number takes the dtype of the tensor.
Tensor operator-(const Tensor& left, const Tensor& right);
Tensor operator-(const Tensor& left, Number right);
Tensor operator-(Number left, const Tensor& right);

}  // namespace xgrad
