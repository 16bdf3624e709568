#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// sqrt(left^2 + right^2), element by element, with NumPy broadcasting, without overflow. Both have one floating-point
/// dtype. The derivatives where both are 0 are 0.
Tensor hypot(const Tensor& left, const Tensor& right);
Tensor hypot(const Tensor& left, double right);

}  // namespace xgrad
