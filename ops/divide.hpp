#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// left / right, element by element, with NumPy broadcasting. Both have one floating-point dtype; x / 0 is an infinity
/// and 0 / 0 is not a number, as in IEEE 754.
Tensor divide(const Tensor& left, const Tensor& right);

/// `divide`. A number takes the dtype of the tensor.
Tensor operator/(const Tensor& left, const Tensor& right);
Tensor operator/(const Tensor& left, Number right);
Tensor operator/(Number left, const Tensor& right);

}  // namespace xgrad
