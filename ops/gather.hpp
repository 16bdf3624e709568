#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// An element of x for every element of the integer `indices`, chosen along `axis` at the same place in all other axes,
/// as PyTorch's gather: result[i, j] = x[indices[i, j], j] for axis 0. x and `indices` have the same number of axes; in
/// the others than `axis`, indices may be smaller than x, of which they use the front. Negative indices count from the
/// end. Running it throws ValueError for an index that is out of range.
Tensor gather(const Tensor& x, std::int64_t axis, const Tensor& indices);

/// The same as NumPy's take_along_axis: x and `indices` broadcast in the axes other than `axis`, so it takes what
/// argmax with keepdims, argsort or topk give.
Tensor take_along_axis(const Tensor& x, const Tensor& indices, std::int64_t axis);

}  // namespace xgrad
