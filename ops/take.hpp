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

/// The rows of a table that integers choose: (n, k) and (batch, t) give (batch, t, k). As PyTorch's, a negative index
/// does not count from the end: running it throws ValueError, as for one past the last row. Throws ShapeError unless
/// the table is a matrix.
Tensor embedding(const Tensor& table, const Tensor& indices);

}  // namespace xgrad
