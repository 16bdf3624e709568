#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Elements of a tensor and, as int64, where along the axis they stand.
struct TopK {
  Tensor values;
  Tensor indices;
};

/// The `k` largest elements of x along `axis`, the largest first; without `largest` the smallest, the smallest first.
/// Of equal elements the first comes first; as in PyTorch, what is not a number counts as largest. Throws ShapeError
/// when the axis has fewer than `k` elements or is a symbol, ValueError for a negative `k`.
TopK topk(const Tensor& x, std::int64_t k, std::int64_t axis = -1, bool largest = true);

}  // namespace xgrad
