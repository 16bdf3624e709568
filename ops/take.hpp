#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// The elements of `x` at `indices` along `axis`, as NumPy's take: the axis becomes the axes of `indices`. Negative
/// indices count from the end. Running it throws ValueError for an index that is out of range.
///
/// With `axis` 0 this gathers rows, such as the samples of a shuffled batch: as part of a compiled step they are read
/// from where they lie by the kernel that needs them.
Tensor take(const Tensor& x, const Tensor& indices, std::int64_t axis = 0);

}  // namespace xgrad
