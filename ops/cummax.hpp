#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// The largest element of x up to and including each one along `axis`. Of equal elements the last gets the gradient, as
/// in PyTorch; what is not a number is larger than all, and stays.
Tensor cummax(const Tensor& x, std::int64_t axis);

/// The smallest element of x up to and including each one along `axis`; in everything else as `cummax`, what is not a
/// number being smaller than all.
Tensor cummin(const Tensor& x, std::int64_t axis);

}  // namespace xgrad
