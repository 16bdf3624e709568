#include <xgrad/models/random_seed.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <set>
#include <thread>
#include <vector>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(random_seed)

BOOST_AUTO_TEST_CASE(a_seed_fixes_all_that_follow) {
  const auto draw = [](std::uint64_t seed) {
    set_random_seed(seed);
    return std::vector{next_random_seed(), next_random_seed(), next_random_seed()};
  };
  const auto first = draw(1);
  BOOST_TEST(first == draw(1), boost::test_tools::per_element());
  BOOST_TEST((first != draw(2)));
  BOOST_TEST((std::set(first.begin(), first.end()).size() == 3));
}

BOOST_AUTO_TEST_CASE(threads_never_draw_the_same) {
  set_random_seed(1);
  constexpr std::size_t draws = 20'000;
  std::array<std::vector<std::uint64_t>, 4> drawn;
  std::vector<std::thread> threads;
  for (auto& seeds : drawn) {
    threads.emplace_back([&seeds] {
      for (std::size_t draw = 0; draw < draws; ++draw) seeds.push_back(next_random_seed());
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<std::uint64_t> all;
  for (const auto& seeds : drawn) all.insert(seeds.begin(), seeds.end());
  BOOST_TEST(all.size() == draws * drawn.size());
}

BOOST_AUTO_TEST_SUITE_END()
