#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// y[t] = factors[t] * y[t - 1] + terms[t] along `axis`, from y = 0 before the first element (whose factor therefore
/// plays no part): discounted sums, exponential averages, linear state-space models. With `reverse` it runs from the
/// end: y[t] = factors[t] * y[t + 1] + terms[t]. Both have one floating-point dtype and broadcast; linear cost, and
/// zeros among the factors are as good as other numbers for derivatives of every order.
Tensor linear_recurrence(const Tensor& factors, const Tensor& terms, std::int64_t axis, bool reverse = false);

}  // namespace xgrad
