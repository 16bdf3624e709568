// The order in which reductions add, byte for byte: that of a plain loop, whatever lies between the terms in memory.

#include <xgrad/framework/core/reduction.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

using namespace xgrad;

namespace {

/// The documented order, one term at a time.
template <class T>
T ordered_sum(std::span<const T> terms) {
  const auto count = terms.size();
  if (count > 2048) {
    const auto half = (count / 2 + 31) / 32 * 32;
    return ordered_sum(terms.first(half)) + ordered_sum(terms.subspan(half));
  }
  T sum = 0;
  if (count >= 32) {
    std::vector<T> lanes(terms.begin(), terms.begin() + 32);
    for (std::size_t i = 32; i < count / 32 * 32; ++i) lanes[i % 32] += terms[i];
    for (std::size_t width = 16; width > 0; width /= 2) {
      for (std::size_t lane = 0; lane < width; ++lane) lanes[lane] += lanes[lane + width];
    }
    sum += lanes[0];
  }
  for (std::size_t i = count / 32 * 32; i < count; ++i) sum += terms[i];
  return sum;
}

/// Numbers whose sums round at every step.
template <class T>
std::vector<T> uneven(std::int64_t count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<T>(std::sin(static_cast<double>(i * i % 10007)) * std::pow(3, static_cast<double>(i % 5)));
  }
  return values;
}

/// A part of a larger array: `first` and `shape` along axis 1, everything along the others.
struct Part {
  Extents shape;
  std::int64_t first = 0;
  std::int64_t whole = 0;  ///< the size of axis 1 in the larger array, 0 for that of `shape`
};

std::int64_t offset_of(std::span<const std::int64_t> index, const Part& part) {
  std::int64_t offset = 0;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    const bool is_cut = axis == 1 && part.whole > 0;
    offset = offset * (is_cut ? part.whole : part.shape[axis]) + index[axis] + (is_cut ? part.first : 0);
  }
  return offset;
}

template <class T>
void check_order(const Part& part, std::span<const bool> reduced) {
  const auto& shape = part.shape;
  std::int64_t row = 1;
  for (std::size_t axis = 1; axis < shape.size(); ++axis) {
    row *= axis == 1 && part.whole > 0 ? part.whole : shape[axis];
  }
  auto values = uneven<T>(shape[0] * row);
  Extents kept;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!reduced[axis]) kept.push_back(shape[axis]);
  }
  std::vector<T> sums(static_cast<std::size_t>(element_count(kept)));
  const Extents origin(shape.size(), 0);
  const ArrayView from{reinterpret_cast<std::byte*>(values.data() + offset_of(origin, part)), dtype_of<T>, shape, row};
  const ArrayView to{reinterpret_cast<std::byte*>(sums.data()), dtype_of<T>, kept,
                     kept.empty() ? 1 : element_count(std::span(kept).subspan(1))};
  reduce<T>(from, to, reduced, T(0), std::plus<T>());

  std::vector<std::vector<T>> terms(sums.size());
  for (std::int64_t flat = 0; flat < element_count(shape); ++flat) {
    Extents index(shape.size());
    std::int64_t rest = flat;
    for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) index[axis] = rest % shape[axis];
    std::int64_t result = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      if (!reduced[axis]) result = result * shape[axis] + index[axis];
    }
    terms[static_cast<std::size_t>(result)].push_back(values[static_cast<std::size_t>(offset_of(index, part))]);
  }
  std::vector<T> expected;
  for (const auto& some : terms) expected.push_back(ordered_sum(std::span<const T>(some)));
  BOOST_TEST((sums == expected), "another order over " << to_string(shape) << " from " << part.first);
}

void check_patterns(const Part& part) {
  const auto rank = part.shape.size();
  for (std::size_t pattern = 0; pattern < std::size_t{1} << rank; ++pattern) {
    std::array<bool, max_rank> marks{};
    for (std::size_t axis = 0; axis < rank; ++axis) marks[axis] = pattern >> axis & 1;
    const auto reduced = std::span<const bool>(marks).first(rank);
    BOOST_TEST_CONTEXT("axes as bits " << pattern) {
      check_order<float>(part, reduced);
      check_order<double>(part, reduced);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fold_order)

BOOST_AUTO_TEST_CASE(is_that_of_a_plain_loop_over_every_set_of_axes) {
  const std::vector<Extents> shapes{
      {1},         {31},         {32},        {33},         {100},          {2048},        {2049},
      {7001},      {5, 7},       {40, 3},     {33, 200},    {64, 130},      {97, 129},     {128, 8},
      {200, 70},   {3000, 5},    {2, 900},    {2100, 9},    {4200, 2},      {70, 1},       {1, 70},
      {3, 4, 5},   {40, 3, 2},   {90, 2, 3},  {9, 5, 8},    {11, 3, 40},    {50, 2, 64},   {5, 2, 500},
      {3, 70, 11}, {300, 3, 10}, {6, 130, 3}, {3, 5, 4, 7}, {9, 2, 10, 16}, {4, 3, 40, 2},
  };
  for (const auto& shape : shapes) check_patterns({shape});
}

BOOST_AUTO_TEST_CASE(does_not_change_where_columns_are_cut_off_a_larger_array) {
  for (std::int64_t columns : {1, 2, 7, 8, 33, 129}) {
    check_patterns({{70, columns}, 3, 140});
    check_patterns({{3, columns, 5}, 2, 140});
    check_patterns({{40, columns, 2}, 0, 131});
  }
}

BOOST_AUTO_TEST_CASE(is_that_of_one_row_in_a_block_of_rows) {
  for (std::int64_t count : {1, 5, 31, 32, 47, 300, 2080, 5000}) {
    const std::int64_t rows = 35;
    const auto values = uneven<float>(rows * (count + 3));
    std::vector<float> sums(static_cast<std::size_t>(rows));
    fold_each(values.data(), rows, count + 3, count, sums.data(), 0.f, std::plus<float>());
    for (std::int64_t row = 0; row < rows; ++row) {
      const auto terms = std::span(values).subspan(static_cast<std::size_t>(row * (count + 3)));
      const float expected = ordered_sum(terms.first(static_cast<std::size_t>(count)));
      BOOST_TEST(sums[static_cast<std::size_t>(row)] == expected);
      BOOST_TEST(fold(terms.data(), count, 0.f, std::plus<float>()) == expected);
    }
  }
}

// Added one after the other in float32, a million tenths over axes 0 and 2 of the last shape give 201,917.
BOOST_AUTO_TEST_CASE(keeps_the_digits_of_a_million_equal_terms_over_every_set_of_axes) {
  constexpr std::int64_t million = 1'000'000;
  const std::vector<Extents> shapes{{million},    {million, 3},    {2, million},
                                    {1000, 1000}, {2, million, 2}, {million, 2, 2}};
  for (const auto& shape : shapes) {
    std::vector<float> values(static_cast<std::size_t>(element_count(shape)), 0.1F);
    for (std::size_t pattern = 1; pattern < std::size_t{1} << shape.size(); ++pattern) {
      std::array<bool, max_rank> marks{};
      Extents kept;
      for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        marks[axis] = pattern >> axis & 1;
        if (!marks[axis]) kept.push_back(shape[axis]);
      }
      std::vector<float> sums(static_cast<std::size_t>(element_count(kept)));
      const ArrayView from{reinterpret_cast<std::byte*>(values.data()), DType::float32, shape,
                           element_count(std::span(shape).subspan(1))};
      const ArrayView to{reinterpret_cast<std::byte*>(sums.data()), DType::float32, kept,
                         kept.empty() ? 1 : element_count(std::span(kept).subspan(1))};
      reduce<float>(from, to, std::span<const bool>(marks).first(shape.size()), 0.F, std::plus<float>());
      const double expected = 0.1F * static_cast<double>(values.size() / sums.size());
      const bool is_close =
          std::all_of(sums.begin(), sums.end(), [=](float sum) { return std::abs(sum / expected - 1) < 1e-5; });
      BOOST_TEST(is_close, to_string(shape) << ", axes as bits " << pattern << ": " << sums[0]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
