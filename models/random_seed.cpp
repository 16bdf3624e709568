#include <xgrad/framework/core/random.hpp>
#include <xgrad/models/random_seed.hpp>

#include <mutex>

namespace xgrad {
namespace {

struct ProgramSeeds {
  std::mutex mutex;  // of what follows
  SeedSequence seeds{0};
};

// Never destroyed: threads may still draw from it while the program ends.
ProgramSeeds& program() {
  static auto& instance = *new ProgramSeeds;
  return instance;
}

}  // namespace

std::uint64_t SeedSequence::next() { return random_bits({.seed = seed_}, drawn_++); }

void set_random_seed(std::uint64_t seed) {
  const std::lock_guard lock(program().mutex);
  program().seeds = SeedSequence(seed);
}

std::uint64_t next_random_seed() {
  const std::lock_guard lock(program().mutex);
  return program().seeds.next();
}

}  // namespace xgrad
