#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// x with new axes of size 1, which the result has at the given places: (2, 3) with axes {0, -1} becomes (1, 2, 3, 1).
/// Throws ShapeError when a place lies outside of the result or is named twice.
Tensor expand_dims(const Tensor& x, std::int64_t axis);
Tensor expand_dims(const Tensor& x, const std::vector<std::int64_t>& axes);

}  // namespace xgrad
