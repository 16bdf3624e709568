#pragma once

#include <cstdint>

namespace xgrad {

/// Seeds that follow from one, the same on every machine. For one thread at a time.
class SeedSequence {
 public:
  explicit SeedSequence(std::uint64_t seed) : seed_(seed) {}

  std::uint64_t next();

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

/// Makes the rest of the program repeatable: whatever draws random numbers and was given no seed of its own (initial
/// weights, shuffling, Dropout) takes the next of the seeds that follow from `seed`, in the order of the program. A
/// program that never calls this is repeatable too, as if it had called it with 0. What several threads make at once
/// takes seeds in whatever order they come: give each model a seed of its own (`ModelOptions`), which then depends on
/// nothing else.
void set_random_seed(std::uint64_t seed);

/// The next seed. Several threads may draw at once and never get the same, but which of them gets which is repeatable
/// only where the order is that of the program's text.
std::uint64_t next_random_seed();

}  // namespace xgrad
