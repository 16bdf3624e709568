#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/models/random_seed.hpp>

#include <cstdint>

namespace xgrad {

/// Initial values from a normal distribution.
struct RandomNormal {
  double mean = 0;
  double standard_deviation = 0.05;

  /// A float32 array, by the method of Box and Muller, 1958. Throws ValueError when the standard deviation is negative,
  /// ShapeError when a size is not known.
  Array operator()(const Shape& shape, std::uint64_t seed = next_random_seed()) const;
};

}  // namespace xgrad
