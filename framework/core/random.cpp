#include <xgrad/framework/core/random.hpp>

#include <Random123/philox.h>

#include <array>
#include <cstddef>

namespace xgrad {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words block(const RandomKey& key, std::uint64_t index) {
  const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
  const auto high = [](std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); };
  const r123::Philox4x32::ctr_type counter{{low(index), high(index), low(key.stream), high(key.stream)}};
  const r123::Philox4x32::key_type words{{low(key.seed), high(key.seed)}};
  const auto result = r123::Philox4x32()(counter, words);
  return {result[0], result[1], result[2], result[3]};
}

std::uint64_t pair(const Words& words, std::size_t half) {
  return std::uint64_t{words[2 * half + 1]} << 32 | words[2 * half];
}

float number(const Words& words, std::size_t element, float) {
  return static_cast<float>(words[element] >> 8) * 0x1p-24f;
}

double number(const Words& words, std::size_t element, double) {
  return static_cast<double>(pair(words, element) >> 11) * 0x1p-53;
}

template <class T>
void fill(const RandomKey& key, std::uint64_t first, std::span<T> values) {
  constexpr std::uint64_t elements = sizeof(Words) / sizeof(T);  // of one block
  std::size_t written = 0;
  while (written < values.size()) {
    const auto index = first + written;
    const auto words = block(key, index / elements);
    for (auto element = index % elements; element < elements && written < values.size(); ++element) {
      values[written++] = number(words, element, T{});
    }
  }
}

}  // namespace

std::uint64_t random_bits(const RandomKey& key, std::uint64_t index) { return pair(block(key, index / 2), index % 2); }

void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<float> values) { fill(key, first, values); }
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<double> values) { fill(key, first, values); }

}  // namespace xgrad
