#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// c * y - y * sum(c * y) along the last axis, in one pass over the rows: the cotangent of softmax's operand, from the
/// cotangent c of its result y, of the same shape.
Tensor softmax_gradient(const Tensor& cotangent, const Tensor& result);

}  // namespace xgrad
