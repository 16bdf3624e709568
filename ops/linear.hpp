#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// dot(x, w) + b: (..., k), (k, n) and (n,) give (..., n). w is as Dense holds it; of weights of PyTorch's layout (n,
/// k) pass transpose(w), which costs nothing. All have one floating-point dtype. Throws ShapeError when the shapes do
/// not fit.
Tensor linear(const Tensor& x, const Tensor& w, const Tensor& b);

/// The same without b.
Tensor linear(const Tensor& x, const Tensor& w);

}  // namespace xgrad
