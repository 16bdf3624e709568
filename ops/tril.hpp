#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// x with zeros above the diagonal of its last two axes. `offset` counts diagonals to the right of the main one. Throws
/// ShapeError when x has fewer axes or one of these two has a symbol as its size.
Tensor tril(const Tensor& x, std::int64_t offset = 0);

/// x with zeros below the diagonal of its last two axes; in everything else as `tril`.
Tensor triu(const Tensor& x, std::int64_t offset = 0);

}  // namespace xgrad
