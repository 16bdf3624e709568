#pragma once

#include <xgrad/framework/core/random.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace xgrad::digits {

/// The random numbers of a sequence, one after the other.
class RandomStream {
 public:
  explicit RandomStream(const RandomKey& key) : key_(key) {}

  /// Uniform over [0, 1).
  float uniform();

  /// Uniform over [low, high).
  float uniform(float low, float high);

  /// Bell-shaped with mean 0 and deviation 1, never beyond 3.47: the scaled sum of four uniform numbers, because
  /// logarithms and cosines differ in the last bit from one C library to the next.
  float normal();

 private:
  RandomKey key_;
  std::uint64_t position_ = 0;
  // The whole piece of the sequence that the position is in.
  std::array<float, 32> drawn_{};
};

}  // namespace xgrad::digits
