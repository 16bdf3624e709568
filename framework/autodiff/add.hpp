#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// left + right, element by element, with NumPy broadcasting. Both have one dtype. Differentiation itself needs it, to
/// sum the cotangents of a tensor that is used more than once; that is why it lives here and not with the other
/// operators.
Tensor add(const Tensor& left, const Tensor& right);

}  // namespace xgrad
