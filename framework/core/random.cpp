#include <xgrad/framework/core/philox.hpp>
#include <xgrad/framework/core/random.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace xgrad {
namespace {

constexpr std::size_t block_bytes = 16;
constexpr std::size_t lanes = internal::Philox::lanes;
constexpr std::size_t chunk = 24;  // blocks at a time: whole vectors, three by three, for every vector width
static_assert(chunk % (3 * lanes) == 0);
using Chunk = std::array<std::uint64_t, 2 * chunk>;

/// The first `count` blocks from `first` on, and perhaps more.
void fill_chunk(const internal::Philox& philox, std::uint64_t first, std::size_t count, Chunk& pairs) {
  for (std::size_t block = 0; block < count;) {
    if (count - block > lanes) {
      philox.three_vectors(first + block, &pairs[2 * block]);
      block += 3 * lanes;
    } else {
      philox.one_vector(first + block, &pairs[2 * block]);
      block += lanes;
    }
  }
}

// Signed integers, because processors convert those to floating point faster.
float number(std::uint32_t bits, float) { return static_cast<float>(static_cast<std::int32_t>(bits >> 8)) * 0x1p-24f; }
double number(std::uint64_t bits, double) {
  return static_cast<double>(static_cast<std::int64_t>(bits >> 11)) * 0x1p-53;
}
std::uint64_t number(std::uint64_t bits, std::uint64_t) { return bits; }

template <class Bits, class T>
void fill(const RandomKey& key, std::uint64_t first, std::span<T> values) {
  static_assert(std::endian::native == std::endian::little, "the lower word of a pair comes first");
  constexpr std::uint64_t elements = block_bytes / sizeof(Bits);  // of one block
  constexpr std::uint64_t blocks = ~std::uint64_t{0} / elements + 1;
  const internal::Philox philox(key);
  Chunk pairs;
  std::size_t written = 0;
  while (written < values.size()) {
    const auto index = first + written;
    const auto left = values.size() - written;
    const auto block = index / elements;
    const auto skipped = index % elements;
    const auto wanted = std::min<std::uint64_t>({chunk, (skipped + left + elements - 1) / elements, blocks - block});
    fill_chunk(philox, block, wanted, pairs);
    const auto count = std::min<std::size_t>(wanted * elements - skipped, left);
    const auto* source = reinterpret_cast<const std::byte*>(pairs.data()) + skipped * sizeof(Bits);
    for (std::size_t i = 0; i < count; ++i) {
      Bits bits;
      std::memcpy(&bits, source + i * sizeof(Bits), sizeof(Bits));
      values[written + i] = number(bits, T{});
    }
    written += count;
  }
}

}  // namespace

std::uint64_t random_bits(const RandomKey& key, std::uint64_t index) {
  std::uint64_t bits;
  fill_bits(key, index, {&bits, 1});
  return bits;
}

void fill_bits(const RandomKey& key, std::uint64_t first, std::span<std::uint64_t> values) {
  fill<std::uint64_t>(key, first, values);
}
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<float> values) {
  fill<std::uint32_t>(key, first, values);
}
void fill_uniform(const RandomKey& key, std::uint64_t first, std::span<double> values) {
  fill<std::uint64_t>(key, first, values);
}

}  // namespace xgrad
