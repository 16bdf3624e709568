#pragma once

#include <cstdint>

namespace xgrad {

/// Makes the rest of the program repeatable: whatever draws random numbers and was given no seed of its own (initial
/// weights, shuffling, Dropout) takes the next of the seeds that follow from `seed`, in the order of the program. A
/// program that never calls this is repeatable too, as if it had called it with 0.
void set_random_seed(std::uint64_t seed);

/// The next seed. To be called where the order is that of the program's text: not from several threads.
std::uint64_t next_random_seed();

}  // namespace xgrad
