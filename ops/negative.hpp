#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// -x, element by element, for signed numbers.
Tensor negative(const Tensor& x);

/// `negative`.
Tensor operator-(const Tensor& x);

}  // namespace xgrad
