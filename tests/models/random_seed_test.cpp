#include <xgrad/models/random_seed.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <set>
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

BOOST_AUTO_TEST_SUITE_END()
