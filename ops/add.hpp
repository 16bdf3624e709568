#pragma once

#include <xgrad/framework/autodiff/add.hpp>

namespace xgrad {

/// `add`: element by element, with NumPy broadcasting. A number takes the dtype of the tensor.
Tensor operator+(const Tensor& left, const Tensor& right);
Tensor operator+(const Tensor& left, Number right);
Tensor operator+(Number left, const Tensor& right);

}  // namespace xgrad
