#include <xgrad/models/training/shuffle.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace xgrad;

namespace {

std::vector<std::int64_t> order(std::size_t count, const RandomKey& key) {
  std::vector<std::int64_t> values(count);
  std::iota(values.begin(), values.end(), 0);
  shuffle(values, key);
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shuffles)

BOOST_AUTO_TEST_CASE(every_value_stays_once) {
  for (std::size_t count : {0u, 1u, 2u, 255u, 256u, 257u, 1000u}) {
    auto values = order(count, {.seed = 3});
    std::ranges::sort(values);
    for (std::size_t index = 0; index < count; ++index) BOOST_TEST(values[index] == static_cast<std::int64_t>(index));
  }
}

BOOST_AUTO_TEST_CASE(the_key_fixes_the_order) {
  BOOST_TEST(order(600, {1, 2}) == order(600, {1, 2}), boost::test_tools::per_element());
  BOOST_TEST((order(600, {1, 2}) != order(600, {1, 3})));
  BOOST_TEST((order(600, {1, 2}) != order(600, {2, 2})));
}

BOOST_AUTO_TEST_CASE(every_order_is_equally_likely) {
  std::vector<double> hits(24);
  constexpr int rounds = 24000;
  for (int round = 0; round < rounds; ++round) {
    const auto values = order(4, {.seed = 7, .stream = static_cast<std::uint64_t>(round)});
    std::size_t number = 0;  // of the order among all 24
    for (std::size_t i = 0; i < 4; ++i) {
      std::size_t smaller = 0;
      for (std::size_t j = i + 1; j < 4; ++j) smaller += values[j] < values[i];
      number = number * (4 - i) + smaller;
    }
    ++hits[number];
  }
  double chi_squared = 0;
  for (const double hit : hits) chi_squared += (hit - 1000) * (hit - 1000) / 1000;
  BOOST_TEST(chi_squared < 49.7);  // 0.1% of fair shuffles exceed it
}

BOOST_AUTO_TEST_SUITE_END()
