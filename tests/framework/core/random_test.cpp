#include <xgrad/framework/core/random.hpp>

#include <Random123/philox.h>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

using namespace xgrad;

namespace {

template <class T>
std::vector<T> uniform(const RandomKey& key, std::uint64_t first, std::size_t count) {
  std::vector<T> values(count);
  fill_uniform(key, first, std::span<T>(values));
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(random_numbers)

// Known answers of Philox4x32-10, published with Random123.
BOOST_AUTO_TEST_CASE(bits_are_those_of_philox) {
  BOOST_TEST(random_bits({0, 0}, 0) == 0xe169c58d6627e8d5u);
  BOOST_TEST(random_bits({0, 0}, 1) == 0x9b00dbd8bc57ac4cu);
  const auto all = ~std::uint64_t{0};
  // The counter is the index of a block, of two elements each: only its lower half can be reached from an index.
  BOOST_TEST(random_bits({all, all}, 0) != random_bits({all, all}, 1));
  BOOST_TEST(random_bits({all, 0}, 0) != random_bits({0, all}, 0));
}

// Two elements are made from a block of four words.
BOOST_AUTO_TEST_CASE(bits_are_those_of_random123) {
  const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
  for (std::uint64_t index = 0; index < 4000; ++index) {
    const auto mixed = index * 0x9e3779b97f4a7c15u;
    const RandomKey key{.seed = mixed ^ mixed >> 31, .stream = mixed >> 7};
    for (const auto element : {index, (std::uint64_t{1} << 33) - 2000 + index, mixed, ~index}) {
      const auto block =
          r123::Philox4x32()({{low(element / 2), low(element / 2 >> 32), low(key.stream), low(key.stream >> 32)}},
                             {{low(key.seed), low(key.seed >> 32)}});
      const auto half = 2 * (element % 2);
      BOOST_REQUIRE_EQUAL(random_bits(key, element), std::uint64_t{block[half + 1]} << 32 | block[half]);
    }
  }
}

// For every count and start within a vector, across the place where the lower word of the counter overflows, and across
// the end of the sequence.
BOOST_AUTO_TEST_CASE(numbers_are_made_of_these_bits) {
  const auto large = std::uint64_t{0x123456789abcdef0};
  for (const RandomKey& key : {RandomKey{0, 0}, RandomKey{large, 7}, RandomKey{3, large}, RandomKey{~large, ~large}}) {
    for (const std::uint64_t start : {std::uint64_t{0}, (std::uint64_t{1} << 34) - 40, large, ~std::uint64_t{0} - 60}) {
      for (std::uint64_t count = 0; count < 230; count = count < 70 ? count + 1 : count + 31) {
        const auto first = start + count % 11;
        const auto doubles = uniform<double>(key, first, count);
        const auto floats = uniform<float>(key, first, count);
        std::vector<std::uint64_t> bits(count);
        fill_bits(key, first, bits);
        for (std::uint64_t i = 0; i < count; ++i) {
          BOOST_REQUIRE_EQUAL(bits[i], random_bits(key, first + i));
          BOOST_REQUIRE_EQUAL(doubles[i], static_cast<double>(bits[i] >> 11) * 0x1p-53);
          const auto word = random_bits(key, (first + i) / 2) >> ((first + i) % 2 * 32) & 0xffffffff;
          BOOST_REQUIRE_EQUAL(floats[i], static_cast<float>(word >> 8) * 0x1p-24f);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(elements_do_not_depend_on_how_they_are_cut, T, decltype(std::tuple<float, double>{})) {
  const RandomKey key{.seed = 5, .stream = 9};
  const auto whole = uniform<T>(key, 0, 103);
  for (std::size_t first : {0u, 1u, 2u, 3u, 4u, 50u, 101u}) {
    const auto part = uniform<T>(key, first, whole.size() - first);
    BOOST_TEST(part == std::vector<T>(whole.begin() + static_cast<std::ptrdiff_t>(first), whole.end()),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(elements_are_uniform, T, decltype(std::tuple<float, double>{})) {
  constexpr std::size_t count = 100000;
  constexpr std::size_t cells = 10;
  std::vector<double> hits(cells);
  double product = 0;
  T previous = T(0.5);
  for (const T value : uniform<T>({.seed = 1}, 0, count)) {
    BOOST_REQUIRE(value >= 0);
    BOOST_REQUIRE(value < 1);
    ++hits[static_cast<std::size_t>(value * cells)];
    product += (value - 0.5) * (previous - 0.5);
    previous = value;
  }
  double chi_squared = 0;
  for (const double hit : hits) chi_squared += (hit - count / cells) * (hit - count / cells) / (count / cells);
  BOOST_TEST(chi_squared < 27.9);                          // 0.1% of fair generators exceed it
  BOOST_TEST(std::abs(product / count) < 4.0 / 12 / 316);  // four standard deviations
}

BOOST_AUTO_TEST_CASE(seeds_and_streams_differ) {
  const auto base = uniform<float>({.seed = 1, .stream = 1}, 0, 8);
  BOOST_TEST(base == uniform<float>({.seed = 1, .stream = 1}, 0, 8), boost::test_tools::per_element());
  BOOST_TEST((base != uniform<float>({.seed = 2, .stream = 1}, 0, 8)));
  BOOST_TEST((base != uniform<float>({.seed = 1, .stream = 2}, 0, 8)));
}

BOOST_AUTO_TEST_SUITE_END()
