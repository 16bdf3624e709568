#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Sums of the elements of x up to and including each one along `axis`; with `reverse` from it to the end. Integers
/// and booleans are added as int64 and give int64; floating point keeps its dtype.
Tensor cumsum(const Tensor& x, std::int64_t axis, bool reverse = false);

/// Products of the elements of x up to and including each one along `axis`; in everything else as `cumsum`. Zeros in x
/// are as good as other numbers for derivatives of every order.
Tensor cumprod(const Tensor& x, std::int64_t axis, bool reverse = false);

}  // namespace xgrad
