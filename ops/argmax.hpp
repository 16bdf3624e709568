#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <optional>

namespace xgrad {

/// Index, as int64, of the largest element of x along `axis`; without one, among all elements in row-major order. With
/// `keepdims` what is searched stays as sizes of 1. The first of equal ones; as in NumPy the first that is not a number
/// counts as largest. Throws ShapeError when there is known to be nothing to search.
Tensor argmax(const Tensor& x, std::optional<std::int64_t> axis = {}, bool keepdims = false);

/// Index of the smallest element of x; in everything else as `argmax`, what is not a number counting as smallest.
Tensor argmin(const Tensor& x, std::optional<std::int64_t> axis = {}, bool keepdims = false);

}  // namespace xgrad
