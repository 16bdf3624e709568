#include <xgrad/framework/core/philox.hpp>

#include <Random123/philox.h>
#include <boost/test/unit_test.hpp>

#include <array>
#include <vector>

using xgrad::RandomKey;
using xgrad::internal::Philox;

namespace {

using Block = std::array<std::uint32_t, 4>;

Block block_of(const std::uint64_t* pairs, std::size_t index) {
  const auto word = [&](std::size_t at) {
    return static_cast<std::uint32_t>(pairs[2 * index + at / 2] >> at % 2 * 32);
  };
  return {word(0), word(1), word(2), word(3)};
}

Block oracle(const RandomKey& key, std::uint64_t counter) {
  const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
  const r123::Philox4x32::ctr_type words{{low(counter), low(counter >> 32), low(key.stream), low(key.stream >> 32)}};
  const auto result = r123::Philox4x32()(words, {{low(key.seed), low(key.seed >> 32)}});
  return {result[0], result[1], result[2], result[3]};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(philox)

// Published with Random123: zeros, ones, and the digits of pi.
BOOST_AUTO_TEST_CASE(known_answers) {
  struct Answer {
    RandomKey key;
    std::uint64_t counter;
    Block block;
  };
  constexpr auto ones = ~std::uint64_t{0};
  for (const auto& [key, counter, block] :
       {Answer{{0, 0}, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        Answer{{ones, ones}, ones, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        Answer{{0x299f31d0a4093822, 0x0370734413198a2e},
               0x85a308d3243f6a88,
               {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}}) {
    std::array<std::uint64_t, 2 * Philox::lanes> pairs;
    Philox(key).one_vector(counter, pairs.data());
    BOOST_TEST(block_of(pairs.data(), 0) == block, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(blocks_are_those_of_random123) {
  for (std::uint64_t trial = 0; trial < 2000; ++trial) {
    // Numbers with many different bits, and counters whose lower word overflows on the way.
    const auto mixed = (trial + 1) * 0x9e3779b97f4a7c15u;
    const RandomKey key{.seed = mixed ^ mixed >> 29, .stream = trial % 3 == 0 ? trial : mixed * mixed};
    const auto first = trial % 2 == 0 ? mixed >> trial % 64 : (mixed << 32) - trial % 20;
    std::array<std::uint64_t, 6 * Philox::lanes> pairs;
    Philox(key).three_vectors(first, pairs.data());
    for (std::size_t index = 0; index < 3 * Philox::lanes; ++index) {
      BOOST_REQUIRE(block_of(pairs.data(), index) == oracle(key, first + index));
    }
    Philox(key).one_vector(first, pairs.data());
    for (std::size_t index = 0; index < Philox::lanes; ++index) {
      BOOST_REQUIRE(block_of(pairs.data(), index) == oracle(key, first + index));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
