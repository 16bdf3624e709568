#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/models/random_seed.hpp>

#include <cstdint>

namespace xgrad {

/// Uniform in [-limit, limit) with limit = sqrt(6 / (fan_in + fan_out)), which keeps the variance of values and of
/// gradients alike from layer to layer; Keras' default for kernels. For a matrix fan_in and fan_out are its two sizes;
/// further leading axes, a receptive field, multiply both. Source: Glorot and Bengio, "Understanding the difficulty of
/// training deep feedforward neural networks", 2010. Throws ShapeError when a size is not known.
Array glorot_uniform(const Shape& shape, std::uint64_t seed = next_random_seed());

}  // namespace xgrad
