#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// The order, as int64 indices, that sorts x along `axis`, from the smallest or, with `descending`, the largest.
/// Stable: equal elements keep their order. As in PyTorch, what is not a number counts as largest.
Tensor argsort(const Tensor& x, std::int64_t axis = -1, bool descending = false);

/// x sorted along `axis` as by `argsort`; each element's gradient is that of the place it is moved to.
Tensor sort(const Tensor& x, std::int64_t axis = -1, bool descending = false);

}  // namespace xgrad
