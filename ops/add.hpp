#pragma once

#include <xgrad/framework/autodiff/add.hpp>

namespace xgrad {

/// `add`: element by element, with NumPy broadcasting. A number takes the dtype of the tensor.
Tensor operator+(const Tensor& left, const Tensor& right);
Tensor operator+(const Tensor& left, double right);
Tensor operator+(double left, const Tensor& right);

}  // namespace xgrad
