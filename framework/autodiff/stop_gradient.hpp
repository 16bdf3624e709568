#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The same values, through which no gradient flows.
Tensor stop_gradient(const Tensor& tensor);

}  // namespace xgrad
