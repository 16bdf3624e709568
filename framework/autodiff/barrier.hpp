#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <optional>

namespace xgrad {

/// The same values as `x`, in a place of their own: a compiled function computes what depends on them for itself, even
/// where the same is computed from `x`, and not before it has computed `after`.
Tensor barrier(const Tensor& x, const Tensor& after);

/// What is behind a barrier, when `tensor` is one; else nothing.
std::optional<Tensor> behind_barrier(const Tensor& tensor);

}  // namespace xgrad
