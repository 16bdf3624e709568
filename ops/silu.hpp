#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x * sigmoid(x), element by element, also called swish. Floating point. Source: Elfwing, Uchibe and Doya,
/// "Sigmoid-Weighted Linear Units for Neural Network Function Approximation in Reinforcement Learning", 2017.
Tensor silu(const Tensor& x);

}  // namespace xgrad
