#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Product of matrices: sums over the last axis of left and the first of right. Right is a matrix or a vector, left has
/// one axis or more: (m, k) x (k, n) -> (m, n), (k,) x (k,) -> (), (m, k) x (k,) -> (m,), (batch, t, k) x (k, n) ->
/// (batch, t, n). Both have one floating-point dtype. `transpose` of an operand costs nothing.
Tensor dot(const Tensor& left, const Tensor& right);

}  // namespace xgrad
