#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// x with `values` written at `indices` along `axis`, as PyTorch's scatter: result[indices[i, j], j] = values[i, j] for
/// axis 0. `indices` are as for `gather`; `values` broadcast to their shape. Where an index comes twice in a line the
/// last value stays, and it alone gets the gradient. Negative indices count from the end. Running it throws ValueError
/// for an index that is out of range.
Tensor scatter(const Tensor& x, std::int64_t axis, const Tensor& indices, const Tensor& values);

/// x with `values` added at `indices` along `axis`; an index that comes twice adds twice. In everything else as
/// `scatter`.
Tensor scatter_add(const Tensor& x, std::int64_t axis, const Tensor& indices, const Tensor& values);

/// The transpose of `scatter` with respect to its values: `gather`, but only the last of the indices that choose the
/// same element gets it, the others get 0.
Tensor gather_last(const Tensor& x, std::int64_t axis, const Tensor& indices);

}  // namespace xgrad
