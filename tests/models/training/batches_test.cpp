#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/batches.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace xgrad;

namespace {

/// Row r is r, r + 0.5, r + 0.5, ...
xt::xarray<float> numbered(std::size_t rows, std::size_t columns) {
  xt::xarray<float> result = xt::zeros<float>({rows, columns});
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column)
      result(row, column) = static_cast<float>(row) + (column ? 0.5f : 0.0f);
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batches)

BOOST_AUTO_TEST_CASE(the_last_batch_is_smaller) {
  const auto x = numbered(10, 3);
  for (const auto& [batch_size, sizes] : std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>>{
           {1, std::vector<std::int64_t>(10, 1)}, {3, {3, 3, 3, 1}}, {5, {5, 5}}, {10, {10}}, {64, {10}}}) {
    for (const auto access : {BatchAccess::rows, BatchAccess::positions}) {
      Batches batches(access, {x}, 0, 10, batch_size);
      BOOST_REQUIRE(batches.count() == static_cast<std::int64_t>(sizes.size()));
      for (std::int64_t index = 0; index < batches.count(); ++index) {
        const auto size = sizes[static_cast<std::size_t>(index)];
        BOOST_TEST(batches.size(index) == size);
        BOOST_TEST(batches.arguments(index).back().shape()[0] == size);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(rows_are_read_where_they_lie) {
  const auto x = numbered(10, 3);
  const auto y = numbered(10, 1);
  Batches batches(BatchAccess::rows, {x, y}, 2, 8, 4);
  const auto arguments = batches.arguments(1);
  BOOST_REQUIRE(arguments.size() == 2u);
  BOOST_TEST((arguments[0].data() == reinterpret_cast<const std::byte*>(x.data() + 6 * 3)));
  BOOST_TEST((arguments[0].shape() == Extents{4, 3}));
  BOOST_TEST((arguments[1].data() == reinterpret_cast<const std::byte*>(y.data() + 6)));
}

BOOST_AUTO_TEST_CASE(positions_name_samples_of_whole_arrays) {
  const auto x = numbered(10, 3);
  Batches batches(BatchAccess::positions, {x}, 2, 8, 3);
  const auto arguments = batches.arguments(2);
  BOOST_REQUIRE(arguments.size() == 2u);
  BOOST_TEST((arguments[0].data() == reinterpret_cast<const std::byte*>(x.data())));
  BOOST_TEST((arguments[0].shape() == Extents{10, 3}));
  BOOST_TEST(arguments[1].elements<std::int64_t>() == (std::vector<std::int64_t>{8, 9}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(shuffled_positions_come_once_and_differ_from_epoch_to_epoch) {
  const auto x = numbered(53, 2);
  Batches batches(BatchAccess::positions, {x}, 3, 50, 7);
  std::vector<std::vector<std::int64_t>> epochs;
  for (std::uint64_t epoch : {0, 1, 0}) {
    batches.shuffle({.seed = 1, .stream = epoch});
    auto& seen = epochs.emplace_back();
    for (std::int64_t index = 0; index < batches.count(); ++index) {
      const auto positions = batches.arguments(index).back().elements<std::int64_t>();
      seen.insert(seen.end(), positions.begin(), positions.end());
    }
    auto sorted = seen;
    std::ranges::sort(sorted);
    std::vector<std::int64_t> expected(50);
    std::iota(expected.begin(), expected.end(), 3);
    BOOST_TEST(sorted == expected, boost::test_tools::per_element());
  }
  BOOST_TEST((epochs[0] != epochs[1]));
  BOOST_TEST((epochs[0] == epochs[2]));
}

BOOST_AUTO_TEST_SUITE_END()
