#include <xgrad/framework/core/inline_vector.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <memory>
#include <stdexcept>
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

BOOST_AUTO_TEST_CASE(owns_what_has_to_be_destroyed) {
  const auto owned = std::make_shared<int>(7);
  for (std::size_t count : {1u, 2u, 3u, 20u}) {
    {
      InlineVector<std::shared_ptr<int>, 2> vector;
      for (std::size_t index = 0; index < count; ++index) vector.push_back(owned);
      auto copy = vector;
      BOOST_TEST(owned.use_count() == static_cast<long>(1 + 2 * count));
      copy = std::move(vector);
      BOOST_TEST(vector.empty());
      BOOST_TEST(owned.use_count() == static_cast<long>(1 + count));
      vector = copy;
      BOOST_TEST((vector == copy));
      vector.push_back(nullptr);
      BOOST_TEST(!(vector == copy));
    }
    BOOST_TEST(owned.use_count() == 1);
  }
}

BOOST_AUTO_TEST_CASE(loses_nothing_when_an_element_cannot_be_made) {
  struct Picky {
    std::shared_ptr<int> owned;
    Picky(const std::shared_ptr<int>& value) : owned(value) {
      if (!value) throw std::runtime_error("no value");
    }
  };
  const auto owned = std::make_shared<int>(7);
  const std::vector<std::shared_ptr<int>> values{owned, owned, owned, nullptr};
  const long before = owned.use_count();
  BOOST_CHECK_THROW((InlineVector<Picky, 2>(values.begin(), values.end())), std::runtime_error);
  BOOST_TEST(owned.use_count() == before);
}

BOOST_AUTO_TEST_SUITE_END()
