#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// x with the axes `source` at the places `destination`; the others keep their order. Throws ShapeError when an axis
/// does not exist or is named twice, and unless there are as many sources as destinations.
Tensor moveaxis(const Tensor& x, const std::vector<std::int64_t>& source, const std::vector<std::int64_t>& destination);
Tensor moveaxis(const Tensor& x, std::int64_t source, std::int64_t destination);

/// x with two axes exchanged. Throws ShapeError when one of them does not exist.
Tensor swapaxes(const Tensor& x, std::int64_t axis1, std::int64_t axis2);

}  // namespace xgrad
