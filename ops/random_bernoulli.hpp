#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Booleans of the given shape, each of them true with the probability given: a number, or a float32 or float64 tensor
/// that broadcasts to the shape. A function of `seed`, the value of `counter` (an int64 scalar) and the probability
/// alone. The result has no gradient. Throws ValueError for a number outside [0, 1], ShapeError when a tensor does not
/// broadcast to the shape.
Tensor random_bernoulli(const Tensor& counter, Shape shape, double probability, std::uint64_t seed);
Tensor random_bernoulli(const Tensor& counter, Shape shape, const Tensor& probability, std::uint64_t seed);

}  // namespace xgrad
