#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// x with each element set to 0 with probability `rate`, independently, and the others scaled by 1 / (1 - rate), so
/// that the expected value stays. What is dropped is a function of `seed` and of the value of `counter` (an int64
/// scalar) alone. Floating point. Throws ValueError unless 0 <= rate < 1. Source: Srivastava et al., "Dropout: A Simple
/// Way to Prevent Neural Networks from Overfitting", 2014.
Tensor dropout(const Tensor& x, double rate, const Tensor& counter, std::uint64_t seed);

/// What `dropout` multiplies x of this shape and dtype by: 0 or 1 / (1 - rate). The result has no gradient.
Tensor dropout_mask(const Tensor& counter, Shape shape, double rate, std::uint64_t seed, DType dtype = DType::float32);

}  // namespace xgrad
