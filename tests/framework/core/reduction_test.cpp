#include <xgrad/framework/core/reduction.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

/// Input with rows that lie `gap` elements further apart than they are long.
struct Case {
  Extents shape;
  std::int64_t gap = 0;
};

std::int64_t row_size(const Extents& shape) { return shape.empty() ? 1 : element_count(std::span(shape).subspan(1)); }

Extents kept(const Extents& shape, std::span<const bool> reduced) {
  Extents result;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!reduced[axis]) result.push_back(shape[axis]);
  }
  return result;
}

template <class T>
std::vector<T> values_for(const Case& input) {
  const auto rows = input.shape.empty() ? 1 : input.shape[0];
  std::vector<T> values(static_cast<std::size_t>(rows * (row_size(input.shape) + input.gap)));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<T>((i * 37 + 11) % 101) - 50;
  return values;
}

template <class T, class Step>
std::vector<T> reduced_by_library(const Case& input, std::vector<T> values, std::span<const bool> reduced, T initial,
                                  Step step) {
  const Extents shape = kept(input.shape, reduced);
  std::vector<T> result(static_cast<std::size_t>(element_count(shape)), T(77));
  const ArrayView from{reinterpret_cast<std::byte*>(values.data()), dtype_of<T>, input.shape,
                       row_size(input.shape) + input.gap};
  const ArrayView to{reinterpret_cast<std::byte*>(result.data()), dtype_of<T>, shape, row_size(shape)};
  reduce<T>(from, to, reduced, initial, step);
  return result;
}

/// One element at a time, each found by its index.
template <class T, class Step>
std::vector<T> reduced_by_loop(const Case& input, const std::vector<T>& values, std::span<const bool> reduced,
                               T initial, Step step) {
  std::vector<T> result(static_cast<std::size_t>(element_count(kept(input.shape, reduced))), initial);
  for (std::int64_t flat = 0; flat < element_count(input.shape); ++flat) {
    std::int64_t rest = flat;
    std::int64_t to = 0;
    std::int64_t to_stride = 1;
    for (std::size_t axis = input.shape.size(); axis-- > 0;) {
      const auto index = rest % input.shape[axis];
      rest /= input.shape[axis];
      if (reduced[axis]) continue;
      to += index * to_stride;
      to_stride *= input.shape[axis];
    }
    const auto row = flat / row_size(input.shape);
    auto& target = result[static_cast<std::size_t>(to)];
    target = step(target, values[static_cast<std::size_t>(flat + row * input.gap)]);
  }
  return result;
}

template <class T, class Step>
void check(const Case& input, T initial, Step step) {
  const auto values = values_for<T>(input);
  const auto rank = input.shape.size();
  for (std::size_t pattern = 0; pattern < std::size_t{1} << rank; ++pattern) {
    std::array<bool, max_rank> marks{};
    for (std::size_t axis = 0; axis < rank; ++axis) marks[axis] = pattern >> axis & 1;
    const auto reduced = std::span<const bool>(marks).first(rank);
    BOOST_TEST_CONTEXT(to_string(input.shape) << " with gap " << input.gap << ", axes as bits " << pattern) {
      BOOST_TEST((reduced_by_library(input, values, reduced, initial, step) ==
                  reduced_by_loop(input, values, reduced, initial, step)));
    }
  }
}

const std::vector<Case> cases{
    {{}},
    {{1}},
    {{7}},
    {{5000}},
    {{3, 4}},
    {{1, 4}},
    {{3, 1}},
    {{1, 1}},
    {{2, 3, 4}},
    {{2, 1, 4}},
    {{1, 3, 1}},
    {{2, 3, 2, 3}},
    {{2, 3, 2, 3, 2}},
    {{1000, 3}},
    {{3, 1000}},
    {{70, 40, 3}},
    {{3, 4}, 5},
    {{7}, 3},
    {{1, 4}, 2},
    {{3, 1}, 2},
    {{2, 3, 4}, 1},
    {{2, 1, 4}, 8},
    {{3000, 5}, 3},
    {{2, 3, 2}, 6},
    {{5000, 300}, 20},
    {{2000, 2, 3}},
};

const std::vector<Case> empty_cases{{{0}}, {{0, 3}}, {{3, 0}}, {{2, 0, 3}}, {{0, 0}}, {{2, 3, 0}, 4}};

}  // namespace

BOOST_AUTO_TEST_SUITE(reductions)

// Sums of small integers are exact in every order.
BOOST_AUTO_TEST_CASE(sums_over_every_pattern_of_axes_are_those_of_a_loop) {
  for (const auto& input : cases) {
    check<double>(input, 0, std::plus<double>());
    check<float>(input, 0, std::plus<float>());
    check<std::int64_t>(input, 0, std::plus<std::int64_t>());
  }
}

BOOST_AUTO_TEST_CASE(maxima_over_every_pattern_of_axes_are_those_of_a_loop) {
  const auto larger = [](auto left, auto right) { return std::max(left, right); };
  for (const auto& input : cases) {
    check<float>(input, -std::numeric_limits<float>::infinity(), larger);
    check<std::int32_t>(input, std::numeric_limits<std::int32_t>::min(), larger);
  }
}

BOOST_AUTO_TEST_CASE(reductions_of_nothing_are_the_initial_value) {
  for (const auto& input : empty_cases) check<float>(input, 42, std::plus<float>());
}

BOOST_AUTO_TEST_CASE(the_highest_rank_is_reduced) {
  Extents shape(max_rank, 1);
  for (std::size_t axis : {0, 5, 9, 20, 31}) shape[axis] = 2;
  std::array<bool, max_rank> reduced{};
  for (std::size_t axis = 0; axis < max_rank; axis += 5) reduced[axis] = true;
  const Case input{shape};
  const auto values = values_for<double>(input);
  BOOST_TEST((reduced_by_library(input, values, reduced, 0., std::plus<double>()) ==
              reduced_by_loop(input, values, reduced, 0., std::plus<double>())));
}

// Added one after the other in float32, ten million times 0.1 gives 1,087,937.
BOOST_AUTO_TEST_CASE(long_sums_keep_their_digits) {
  constexpr std::int64_t count = 10'000'000;
  const double expected = static_cast<double>(0.1f) * count;
  const auto check_sums = [&](const Case& input, std::initializer_list<bool> reduced) {
    std::array<bool, 3> marks{};
    std::copy(reduced.begin(), reduced.end(), marks.begin());
    std::vector<float> values(static_cast<std::size_t>(count * (input.shape[0] == count ? row_size(input.shape) : 1)));
    std::fill(values.begin(), values.end(), 0.1f);
    const auto axes = std::span<const bool>(marks).first(reduced.size());
    for (float sum : reduced_by_library(input, values, axes, 0.f, std::plus<float>())) {
      BOOST_TEST(std::abs(sum / expected - 1) < 1e-5, to_string(input.shape) << " sums to " << sum);
    }
  };
  check_sums({{count}}, {true});
  check_sums({{count, 1}}, {true, false});
  check_sums({{1, count}}, {false, true});
  check_sums({{100, count / 100}}, {true, true});
  check_sums({{count, 2}}, {true, false});
}

BOOST_AUTO_TEST_CASE(folds_what_a_map_makes_of_elements) {
  const auto square = [](int x) -> std::int64_t { return std::int64_t{x} * x; };
  for (const auto& reduced : {std::array{false, true}, std::array{true, false}, std::array{true, true}}) {
    const Case input{{3, 70}, 5};
    const auto values = values_for<int>(input);
    const Extents shape = kept(input.shape, reduced);
    std::vector<std::int64_t> result(static_cast<std::size_t>(element_count(shape)));
    auto from_values = values;
    const ArrayView from{reinterpret_cast<std::byte*>(from_values.data()), DType::int32, input.shape, 75};
    const ArrayView to{reinterpret_cast<std::byte*>(result.data()), DType::int64, shape, row_size(shape)};
    reduce<int>(from, to, reduced, std::int64_t{0}, std::plus<>(), square);
    std::vector<std::int64_t> expected(result.size());
    for (std::size_t row = 0; row < 3; ++row) {
      for (std::size_t column = 0; column < 70; ++column) {
        const auto at = (reduced[0] ? 0 : row * (reduced[1] ? 1 : 70)) + (reduced[1] ? 0 : column);
        expected[at] += square(values[row * 75 + column]);
      }
    }
    BOOST_TEST(result == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(the_order_depends_on_the_count_alone) {
  std::vector<float> values(4099);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1 / static_cast<float>(i + 1);
  for (std::int64_t count : {0, 1, 15, 16, 17, 1024, 1025, 4000}) {
    std::vector<float> shifted(values.size() + 3);
    std::copy_n(values.begin(), count, shifted.begin() + 3);
    BOOST_TEST(fold(values.data(), count, 0.f, std::plus<float>()) ==
               fold(shifted.data() + 3, count, 0.f, std::plus<float>()));
  }
}

BOOST_AUTO_TEST_CASE(rows_side_by_side_are_folded_like_one_alone) {
  const std::int64_t rows = 2 * rows_abreast + 3;
  for (std::int64_t count : {0, 1, 10, 31, 32, 40}) {
    const std::int64_t stride = count + 2;
    std::vector<float> values(static_cast<std::size_t>(rows * stride));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1 / static_cast<float>(i + 1);
    std::vector<float> sums(static_cast<std::size_t>(rows));
    fold_each(values.data(), rows, stride, count, sums.data(), 0.f, std::plus<float>());
    for (std::int64_t row = 0; row < rows; ++row) {
      BOOST_TEST(sums[static_cast<std::size_t>(row)] ==
                 fold(values.data() + row * stride, count, 0.f, std::plus<float>()));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
