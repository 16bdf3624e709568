#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/tensor.hpp>

#include <array>
#include <cstdint>

namespace xgrad {

/// x with its elements in reverse order along `axes` (all of them by default). Sizes may be symbols.
Tensor flip(const Tensor& x, const Axes& axes = {});

/// x turned by k times 90 degrees in the plane of two axes, from the first towards the second; a negative k turns back.
/// Throws ShapeError when an axis does not exist or both are the same.
Tensor rot90(const Tensor& x, std::int64_t k = 1, std::array<std::int64_t, 2> axes = {0, 1});

}  // namespace xgrad
