#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstdint>

namespace xgrad {

/// A float32 array of zeros: Keras' default for biases. The seed that every initializer is given plays no part.
Array zeros(const Shape& shape, std::uint64_t seed = 0);

/// A float32 array of ones.
Array ones(const Shape& shape, std::uint64_t seed = 0);

}  // namespace xgrad
