#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// The derivative of `lgamma`, element by element. At 0 it is -infinity (at -0, infinity) and at -1, -2, ... not a
/// number, as in PyTorch. Floating point. The gradient is polygamma(1, x).
Tensor digamma(const Tensor& x);

/// The derivative of `digamma` of the given order, element by element, for orders up to 100: polygamma(0, x) is
/// digamma(x), and the gradient of polygamma(n, x) is polygamma(n + 1, x). At 0, -1, -2, ... it is infinity for odd
/// orders and -infinity for even ones. Floating point. Throws ValueError for other orders.
Tensor polygamma(std::int64_t order, const Tensor& x);

}  // namespace xgrad
