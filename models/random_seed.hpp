#pragma once

#include <cstdint>

namespace xgrad {

/// Makes the rest of the program repeatable: whatever draws random numbers and was given no seed of its own (initial
/// weights, shuffling, Dropout) takes the next of the seeds that follow from `seed`, in the order of the program. A
/// program that never calls this is repeatable too, as if it had called it with 0.
void set_random_seed(std::uint64_t seed);

/// The next seed. Several threads may draw at once and never get the same, but which of them gets which is repeatable
/// only where the order is that of the program's text.
std::uint64_t next_random_seed();

}  // namespace xgrad
