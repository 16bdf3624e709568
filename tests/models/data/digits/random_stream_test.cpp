#include <xgrad/models/data/digits/random_stream.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>

using xgrad::digits::RandomStream;

BOOST_AUTO_TEST_SUITE(random_stream)

BOOST_AUTO_TEST_CASE(gives_the_sequence_of_its_key) {
  const xgrad::RandomKey key{.seed = 7, .stream = 9};
  std::array<float, 100> expected;
  xgrad::fill_uniform(key, 0, expected);
  RandomStream stream(key);
  for (float value : expected) BOOST_TEST(stream.uniform() == value);
}

BOOST_AUTO_TEST_CASE(uniform_fills_its_range_evenly) {
  constexpr int count = 100000;
  RandomStream stream({.seed = 3});
  std::array<int, 10> histogram{};
  for (int i = 0; i < count; ++i) {
    const float value = stream.uniform(-2, 3);
    BOOST_REQUIRE((value >= -2 && value < 3));
    ++histogram[static_cast<std::size_t>((value + 2) * 2)];
  }
  // Five standard deviations of a count with probability 0.1.
  for (int hits : histogram) BOOST_TEST(std::abs(hits - count / 10) < 5 * std::sqrt(count * 0.1 * 0.9));
}

BOOST_AUTO_TEST_CASE(normal_has_the_moments_it_claims) {
  constexpr int count = 100000;
  RandomStream stream({.seed = 4});
  double sum = 0, squares = 0, largest = 0;
  for (int i = 0; i < count; ++i) {
    const double value = stream.normal();
    sum += value;
    squares += value * value;
    largest = std::max(largest, std::abs(value));
  }
  BOOST_TEST(std::abs(sum / count) < 5 / std::sqrt(count));
  BOOST_TEST(std::abs(squares / count - 1) < 0.02);
  BOOST_TEST(largest < 3.47);
  BOOST_TEST(largest > 3);
}

BOOST_AUTO_TEST_SUITE_END()
