#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// The elements of a diagonal in the plane of two axes, along a new last axis that replaces the two. `offset` counts
/// diagonals to the right of the main one, along axis2; a negative one counts those below. Throws ShapeError when the
/// axes do not exist, are the same, or have a symbol as their size.
Tensor diagonal(const Tensor& x, std::int64_t offset = 0, std::int64_t axis1 = 0, std::int64_t axis2 = 1);

/// The sum of `diagonal`.
Tensor trace(const Tensor& x, std::int64_t offset = 0, std::int64_t axis1 = 0, std::int64_t axis2 = 1);

/// A square matrix of zeros with the vector x on a diagonal, or that diagonal of the matrix x. Throws ShapeError when x
/// is neither or has a symbol as a size.
Tensor diag(const Tensor& x, std::int64_t offset = 0);

}  // namespace xgrad
