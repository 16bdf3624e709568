#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/random_seed.hpp>

#include <mutex>

namespace xgrad {
namespace {

struct SeedSequence {
  std::mutex mutex;  // of what follows
  RandomKey key;
  std::uint64_t drawn = 0;
};

// Never destroyed: threads may still draw from it while the program ends.
SeedSequence& sequence() {
  static auto& instance = *new SeedSequence;
  return instance;
}

}  // namespace

void set_random_seed(std::uint64_t seed) {
  const std::lock_guard lock(sequence().mutex);
  sequence().key = {.seed = seed};
  sequence().drawn = 0;
}

std::uint64_t next_random_seed() {
  const std::lock_guard lock(sequence().mutex);
  return random_bits(sequence().key, sequence().drawn++);
}

}  // namespace xgrad
