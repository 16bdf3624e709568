#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// The logistic function 1 / (1 + e^-x), element by element. Floating point.
Tensor sigmoid(const Tensor& x);

/// The x when `tensor` is sigmoid(x): for what is computed more stably from x.
std::optional<Tensor> sigmoid_argument(const Tensor& tensor);

}  // namespace xgrad
