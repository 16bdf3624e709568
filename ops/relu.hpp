#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// x where it is positive, else 0, element by element. Floating point. The derivative at 0 is 0, as in PyTorch.
Tensor relu(const Tensor& x);

/// What a tensor is the relu of, when it was made by `relu`: for what can be computed before it.
std::optional<Tensor> relu_of(const Tensor& tensor);

}  // namespace xgrad
