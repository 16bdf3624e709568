#include <xgrad/framework/core/random.hpp>

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace xgrad {
namespace {

constexpr std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
constexpr std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

constexpr std::size_t lanes = 16;
using Lanes = std::array<std::uint64_t, lanes>;  // words of 32 bits: GCC 12 has vectors for products of these only

/// Word i of `lanes` blocks, from `first` on, is element i of the result. The rounds of Philox4x32-10 on counters side
/// by side, in vector registers: Random123 takes one at a time, which takes more than
/// twice as long.
std::array<Lanes, 4> blocks(const RandomKey& key, std::uint64_t first) {
  constexpr std::uint64_t word = 0xffffffff;
  Lanes a, b, c, d;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    a[lane] = (first + lane) & word;
    b[lane] = (first + lane) >> 32;
    c[lane] = key.stream & word;
    d[lane] = key.stream >> 32;
  }
  auto left_key = low(key.seed), right_key = high(key.seed);
  for (int round = 0; round < 10; ++round, left_key += 0x9E3779B9u, right_key += 0xBB67AE85u) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const auto left = a[lane] * 0xD2511F53u;
      const auto right = c[lane] * 0xCD9E8D57u;
      a[lane] = (right >> 32) ^ b[lane] ^ left_key;
      b[lane] = right & word;
      c[lane] = (left >> 32) ^ d[lane] ^ right_key;
      d[lane] = left & word;
    }
  }
  return {a, b, c, d};
}

void make_numbers(const std::array<Lanes, 4>& words, std::array<float, 4 * lanes>& numbers) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t word = 0; word < 4; ++word) {
      numbers[4 * lane + word] = static_cast<float>(words[word][lane] >> 8) * 0x1p-24f;
    }
  }
}

void make_numbers(const std::array<Lanes, 4>& words, std::array<double, 2 * lanes>& numbers) {
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t half = 0; half < 2; ++half) {
      const auto bits = words[2 * half + 1][lane] << 32 | words[2 * half][lane];
      numbers[2 * lane + half] = static_cast<double>(bits >> 11) * 0x1p-53;
    }
  }
}

template <class T>
void fill(const RandomKey& key, std::uint64_t first, std::span<T> values) {
  constexpr std::size_t of_block = 4 * sizeof(std::uint32_t) / sizeof(T);
  std::array<T, of_block * lanes> numbers;
  while (!values.empty()) {
    make_numbers(blocks(key, first / of_block), numbers);
    const auto skipped = static_cast<std::size_t>(first % of_block);
    const auto count = std::min(values.size(), numbers.size() - skipped);
    std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(skipped), count, values.begin());
    values = values.subspan(count);
    first += count;
  }
}

}  // namespace

std::uint64_t random_bits(const RandomKey& key, std::uint64_t index) {
  const r123::Philox4x32::ctr_type counter{{low(index / 2), high(index / 2), low(key.stream), high(key.stream)}};
  const auto words = r123::Philox4x32()(counter, {{low(key.seed), high(key.seed)}});
  return std::uint64_t{words[2 * (index % 2) + 1]} << 32 | words[2 * (index % 2)];
}

void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<float> values) { fill(key, first, values); }
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<double> values) { fill(key, first, values); }

}  // namespace xgrad
