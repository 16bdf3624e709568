#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/random_seed.hpp>

namespace xgrad {
namespace {

struct SeedSequence {
  RandomKey key;
  std::uint64_t drawn = 0;
};

SeedSequence& sequence() {
  static SeedSequence instance;
  return instance;
}

}  // namespace

void set_random_seed(std::uint64_t seed) { sequence() = {.key = {.seed = seed}}; }

std::uint64_t next_random_seed() { return random_bits(sequence().key, sequence().drawn++); }

}  // namespace xgrad
