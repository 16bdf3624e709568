#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where x > 0, else alpha * (e^x - 1), element by element; alpha is 1 unless given. The derivative at 0 is alpha, as
/// in PyTorch. Floating point. Source: Clevert, Unterthiner and Hochreiter, "Fast and Accurate Deep Network Learning by
/// Exponential Linear Units (ELUs)", 2015.
Tensor elu(const Tensor& x);
Tensor elu(const Tensor& x, double alpha);

/// 1.0507 * elu(x, 1.6733), with the digits that keep mean 0 and variance 1 from layer to layer. The derivative at 0 is
/// that of the left side, as in PyTorch. Floating point. Source: Klambauer et al., "Self-Normalizing Neural Networks",
/// 2017.
Tensor selu(const Tensor& x);

/// x where x > 0, else alpha * (e^(x / alpha) - 1), element by element: smooth at 0 for every alpha. Floating point.
/// Throws ValueError when alpha, 1 unless given, is 0. Source: Barron, "Continuously Differentiable Exponential Linear
/// Units", 2017.
Tensor celu(const Tensor& x);
Tensor celu(const Tensor& x, double alpha);

}  // namespace xgrad
