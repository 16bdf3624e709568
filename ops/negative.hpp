#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// -x, element by element, for signed numbers.
Tensor negative(const Tensor& x);

/// `negative`.
Tensor operator-(const Tensor& x);

/// What `tensor` is the negative of, when it was made by `negative`.
std::optional<Tensor> negative_of(const Tensor& tensor);

}  // namespace xgrad
