#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// log(sigmoid(x)), element by element, computed as min(x, 0) - log(1 + e^-|x|): finite for all finite x. Floating
/// point.
Tensor log_sigmoid(const Tensor& x);

}  // namespace xgrad
