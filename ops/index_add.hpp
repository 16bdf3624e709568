#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// `x` with `values` added at `indices` along `axis`, as PyTorch's index_add; an index that comes twice adds twice.
/// `values` has the shape of take(x, indices, axis). Negative indices count from the end. Running it throws ValueError
/// for an index that is out of range.
Tensor index_add(const Tensor& x, const Tensor& indices, const Tensor& values, std::int64_t axis = 0);

}  // namespace xgrad
