#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * tanh(softplus(x)), element by element. Floating point. Source: Misra, "Mish: A Self Regularized Non-Monotonic
/// Activation Function", 2019.
Tensor mish(const Tensor& x);

}  // namespace xgrad
