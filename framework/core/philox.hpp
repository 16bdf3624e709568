#pragma once

#include <xgrad/framework/core/random.hpp>

#include <xsimd/xsimd.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace xgrad::internal {

/// One 32-bit word of as many counters as a vector holds: the lower halves of its 64-bit lanes. What the upper halves
/// hold does not matter, so that a product needs no clearing before it is used as its own lower half.
using PhiloxWords = xsimd::batch<std::uint64_t>;

/// The products, of 64 bits, of the lower halves of all lanes.
inline PhiloxWords multiply_words(const PhiloxWords& left, const PhiloxWords& right) {
#if defined(__AVX512F__)
  return _mm512_mul_epu32(left, right);
#elif defined(__AVX2__)
  return _mm256_mul_epu32(left, right);
#elif defined(__SSE2__)
  return _mm_mul_epu32(left, right);
#elif defined(__ARM_NEON)
  return vmull_u32(vmovn_u64(left), vmovn_u64(right));
#else
  const PhiloxWords lower(std::uint64_t{0xffffffff});
  return (left & lower) * (right & lower);
#endif
}

/// Philox4x32-10 of one key. Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", 2011.
class Philox {
 public:
  explicit Philox(const RandomKey& key) : stream0_(key.stream), stream1_(key.stream >> 32) {
    auto key0 = static_cast<std::uint32_t>(key.seed);
    auto key1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (auto& [keys0, keys1] : round_keys_) {
      keys0 = PhiloxWords(std::uint64_t{key0});
      keys1 = PhiloxWords(std::uint64_t{key1});
      key0 += 0x9e3779b9;
      key1 += 0xbb67ae85;
    }
  }

  /// How many blocks `one_vector` and `three_vectors` make.
  static constexpr std::size_t lanes = PhiloxWords::size;

  /// Writes the blocks of the counters `first`, `first + 1`, ...: four words each, as two elements of `pairs` whose
  /// lower halves are words 0 and 2.
  void one_vector(std::uint64_t first, std::uint64_t* pairs) const {
    State state = start(first);
    rounds(state);
    write(state, pairs);
  }

  /// As `one_vector`, for three times as many counters in little more time: a round of one vector waits for its
  /// products, and the words of three are what sixteen registers hold.
  void three_vectors(std::uint64_t first, std::uint64_t* pairs) const {
    State state0 = start(first);
    State state1 = start(first + lanes);
    State state2 = start(first + 2 * lanes);
    rounds(state0, state1, state2);
    write(state0, pairs);
    write(state1, pairs + 2 * lanes);
    write(state2, pairs + 4 * lanes);
  }

 private:
  struct State {
    PhiloxWords word0, word1, word2, word3;
  };
  struct RoundKeys {
    PhiloxWords keys0, keys1;
  };

  State start(std::uint64_t first) const {
    static constexpr auto lane_numbers = [] {
      std::array<std::uint64_t, lanes> numbers{};
      std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
      return numbers;
    }();
    const auto words = PhiloxWords(first) + PhiloxWords::load_unaligned(lane_numbers.data());
    return {words, words >> 32, stream0_, stream1_};
  }

  template <class... States>
  void rounds(States&... states) const {
    const PhiloxWords multiplier0(std::uint64_t{0xd2511f53});
    const PhiloxWords multiplier1(std::uint64_t{0xcd9e8d57});
    for (const auto& [keys0, keys1] : round_keys_) {
      const auto next = [&, &keys0 = keys0, &keys1 = keys1](State& state) {
        const auto product0 = multiply_words(state.word0, multiplier0);
        const auto product1 = multiply_words(state.word2, multiplier1);
        state = {(product1 >> 32) ^ state.word1 ^ keys0, product1, (product0 >> 32) ^ state.word3 ^ keys1, product0};
      };
      (next(states), ...);
    }
  }

  static void write(const State& state, std::uint64_t* pairs) {
    const PhiloxWords lower(std::uint64_t{0xffffffff});
    std::array<std::uint64_t, lanes> even, odd;
    ((state.word0 & lower) | (state.word1 << 32)).store_unaligned(even.data());
    ((state.word2 & lower) | (state.word3 << 32)).store_unaligned(odd.data());
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      pairs[2 * lane] = even[lane];
      pairs[2 * lane + 1] = odd[lane];
    }
  }

  PhiloxWords stream0_;
  PhiloxWords stream1_;
  std::array<RoundKeys, 10> round_keys_;
};

}  // namespace xgrad::internal
