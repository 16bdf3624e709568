#include <xgrad/framework/core/inline_vector.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <utility>
#include <vector>

using namespace xgrad;

namespace {

using Numbers = InlineVector<std::uint32_t, 2>;

Numbers up_to(std::uint32_t count) {
  Numbers numbers;
  for (std::uint32_t number = 0; number < count; ++number) numbers.push_back(number);
  return numbers;
}

void check_up_to(const Numbers& numbers, std::uint32_t count) {
  std::vector<std::uint32_t> expected(count);
  for (std::uint32_t number = 0; number < count; ++number) expected[number] = number;
  BOOST_TEST(numbers.size() == count);
  BOOST_TEST(std::vector(numbers.begin(), numbers.end()) == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inline_vector)

BOOST_AUTO_TEST_CASE(holds_few_and_many) {
  for (std::uint32_t count : {0u, 1u, 2u, 3u, 4u, 5u, 100u}) check_up_to(up_to(count), count);
  BOOST_TEST(Numbers().empty());
  check_up_to(Numbers{0, 1, 2, 3, 4}, 5);
}

BOOST_AUTO_TEST_CASE(copies_moves_and_assigns) {
  for (std::uint32_t count : {0u, 2u, 3u, 50u}) {
    auto numbers = up_to(count);
    const auto copy = numbers;
    numbers.push_back(7);
    check_up_to(copy, count);
    auto moved = std::move(numbers);
    BOOST_TEST(moved.size() == count + 1);
    moved = copy;
    check_up_to(moved, count);
    moved = up_to(10);
    check_up_to(moved, 10);
    moved[3] = 30;
    BOOST_TEST(moved.data()[3] == 30u);
  }
}

BOOST_AUTO_TEST_CASE(keeps_what_it_holds_when_room_is_made) {
  auto numbers = up_to(2);
  numbers.reserve(1);
  numbers.reserve(10);
  check_up_to(numbers, 2);
  for (std::uint32_t number = 2; number < 30; ++number) numbers.push_back(number);
  check_up_to(numbers, 30);
}

BOOST_AUTO_TEST_SUITE_END()
