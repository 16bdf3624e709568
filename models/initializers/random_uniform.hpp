#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/models/random_seed.hpp>

#include <cstdint>

namespace xgrad {

/// Initial values uniform between minimum and maximum.
struct RandomUniform {
  double minimum = -0.05;
  double maximum = 0.05;

  /// A float32 array. Throws ValueError unless minimum <= maximum, ShapeError when a size is not known.
  Array operator()(const Shape& shape, std::uint64_t seed = next_random_seed()) const;
};

}  // namespace xgrad
