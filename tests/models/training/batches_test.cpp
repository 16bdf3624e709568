#include <xgrad/framework/core/registry.hpp>
#include <xgrad/models/training/batches.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using namespace xgrad;

namespace {

/// Row r is r, r + 0.5, r + 0.25, ...
xt::xarray<float> numbered(std::size_t rows, std::size_t columns) {
  xt::xarray<float> result = xt::zeros<float>({rows, columns});
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      result(row, column) = static_cast<float>(row) + (column ? std::ldexp(1.0f, -static_cast<int>(column)) : 0.0f);
    }
  }
  return result;
}

std::vector<float> first_column(const ArrayRef& batch) {
  std::vector<float> values;
  const auto elements = batch.elements<float>();
  const auto width = elements.size() / static_cast<std::size_t>(batch.shape()[0]);
  for (std::size_t row = 0; row < elements.size(); row += width) values.push_back(elements[row]);
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batches)

BOOST_AUTO_TEST_CASE(the_last_batch_is_smaller) {
  const auto x = numbered(10, 3);
  for (const auto& [batch_size, sizes] : std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>>{
           {1, std::vector<std::int64_t>(10, 1)}, {3, {3, 3, 3, 1}}, {5, {5, 5}}, {10, {10}}, {64, {10}}}) {
    Batches batches({{x, {DType::float32, {xgrad::batch, 3}}}}, 0, 10, batch_size, SampleOrder::sequential);
    BOOST_REQUIRE(batches.count() == static_cast<std::int64_t>(sizes.size()));
    float next = 0;
    for (std::int64_t index = 0; index < batches.count(); ++index) {
      const auto size = sizes[static_cast<std::size_t>(index)];
      BOOST_TEST(batches.size(index) == size);
      const auto& rows = batches.gather(index)[0];
      BOOST_TEST((rows.shape() == Extents{size, 3}));
      for (const float value : first_column(rows)) BOOST_TEST(value == next++);
    }
  }
}

BOOST_AUTO_TEST_CASE(sequential_rows_of_the_right_dtype_are_not_copied) {
  const auto x = numbered(10, 3);
  Batches batches({{x, {DType::float32, {xgrad::batch, 3}}}}, 2, 8, 4, SampleOrder::sequential);
  BOOST_TEST((batches.gather(1)[0].data() == reinterpret_cast<const std::byte*>(x.data() + 6 * 3)));
}

BOOST_AUTO_TEST_CASE(shuffled_rows_come_once_and_together) {
  const auto x = numbered(53, 2);
  const auto y = numbered(53, 1);
  Batches batches({{x, {DType::float32, {xgrad::batch, 2}}}, {y, {DType::float32, {xgrad::batch, 1}}}}, 3, 50, 7,
                  SampleOrder::shuffled);
  std::vector<std::vector<float>> epochs;
  for (std::uint64_t epoch = 0; epoch < 2; ++epoch) {
    batches.shuffle({.seed = 1, .stream = epoch});
    std::vector<float> seen;
    for (std::int64_t index = 0; index < batches.count(); ++index) {
      const auto arrays = batches.gather(index);
      const auto rows = arrays[0].elements<float>();
      const auto targets = arrays[1].elements<float>();
      BOOST_REQUIRE(rows.size() == 2 * targets.size());
      for (std::size_t row = 0; row < targets.size(); ++row) {
        BOOST_TEST(rows[2 * row] == targets[row]);
        BOOST_TEST(rows[2 * row + 1] == targets[row] + 0.5f);
        seen.push_back(targets[row]);
      }
    }
    epochs.push_back(seen);
    std::ranges::sort(seen);
    BOOST_REQUIRE(seen.size() == 50);
    for (std::size_t row = 0; row < 50; ++row) BOOST_TEST(seen[row] == static_cast<float>(row + 3));
  }
  BOOST_TEST((epochs[0] != epochs[1]));
}

BOOST_AUTO_TEST_CASE(elements_are_converted) {
  const auto check = [](const Array& data, DType wanted) {
    Batches batches({{data, {wanted, {xgrad::batch, 2, 3}}}}, 0, 5, 2, SampleOrder::sequential);
    const auto expected = data.cast(wanted);
    std::size_t offset = 0;
    for (std::int64_t index = 0; index < batches.count(); ++index) {
      const auto& rows = batches.gather(index)[0];
      BOOST_TEST((rows.dtype() == wanted));
      const std::span received(rows.data(), rows.size() * size_of(wanted));
      BOOST_TEST(std::ranges::equal(received, expected.bytes().subspan(offset, received.size())));
      offset += received.size();
    }
    BOOST_TEST(offset == expected.bytes().size());
  };
  for (const auto dtype : {DType::float64, DType::int32, DType::int64, DType::uint8, DType::boolean, DType::float32}) {
    check(sample_values({5, 2, 3}, 0, 200).cast(dtype), DType::float32);
    check(sample_values({5, 2, 3}, 0, 200).cast(dtype), DType::int32);
  }
}

BOOST_AUTO_TEST_CASE(many_wide_rows_are_gathered_by_several_threads) {
  const auto x = numbered(600, 700);
  Batches batches({{x, {DType::float32, {xgrad::batch, 700}}}}, 0, 600, 512, SampleOrder::shuffled);
  batches.shuffle({.seed = 2});
  std::set<float> seen;
  for (std::int64_t index = 0; index < batches.count(); ++index) {
    const auto rows = batches.gather(index)[0].elements<float>();
    for (std::size_t row = 0; row < rows.size(); row += 700) {
      seen.insert(rows[row]);
      const auto source = static_cast<std::size_t>(rows[row]) * 700;
      BOOST_TEST(std::equal(rows.begin() + static_cast<std::ptrdiff_t>(row),
                            rows.begin() + static_cast<std::ptrdiff_t>(row + 700), x.data() + source));
    }
  }
  BOOST_TEST(seen.size() == 600);
}

BOOST_AUTO_TEST_CASE(vectors_are_columns_and_columns_are_vectors) {
  const xt::xarray<double> flat{1, 2, 3};
  Batches column({{flat, {DType::float32, {xgrad::batch, 1}}}}, 0, 3, 2, SampleOrder::sequential);
  BOOST_TEST((column.gather(1)[0].shape() == Extents{1, 1}));
  const auto tall = numbered(3, 1);
  Batches vector({{tall, {DType::int32, {xgrad::batch}}}}, 0, 3, 2, SampleOrder::sequential);
  BOOST_TEST((vector.gather(0)[0].shape() == Extents{2}));
}

BOOST_AUTO_TEST_SUITE_END()
