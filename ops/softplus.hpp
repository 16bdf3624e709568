#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(1 + e^x), element by element, without overflow: a smooth relu, and -log(1 - sigmoid(x)). Floating point.
Tensor softplus(const Tensor& x);

}  // namespace xgrad
