#pragma once

#include <cstdint>
#include <span>

namespace xgrad {

/// Names one endless sequence of random numbers: every seed has 2^64 independent streams. Element i of a sequence is a
/// function of the key and of i alone (Philox4x32-10, Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3",
/// 2011), so that any part of it can be computed by any thread, in any order, on any machine, with the same bits.
struct RandomKey {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
};

/// 64 random bits: element `index` of the sequence.
std::uint64_t random_bits(const RandomKey& key, std::uint64_t index);

/// Elements `first`, `first + 1`, ... of the sequence, 64 random bits each. Element 0 follows the last one of 2^64.
void fill_bits(const RandomKey& key, std::uint64_t first, std::span<std::uint64_t> values);

/// Elements `first`, `first + 1`, ... of the sequence as numbers uniform in [0, 1): multiples of 2^-24 for float and of
/// 2^-53 for double.
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<float> values);
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<double> values);

}  // namespace xgrad
