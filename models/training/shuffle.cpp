#include <xgrad/models/training/shuffle.hpp>

#include <array>
#include <utility>

namespace xgrad {

void shuffle(std::span<std::int64_t> values, const RandomKey& key) {
  std::array<double, 256> random;
  for (std::size_t done = 0; done + 1 < values.size(); ++done) {
    if (done % random.size() == 0) fill_uniform(key, done, random);
    const auto left = values.size() - done;
    const auto chosen = static_cast<std::size_t>(random[done % random.size()] * static_cast<double>(left));
    std::swap(values[chosen], values[left - 1]);
  }
}

}  // namespace xgrad
