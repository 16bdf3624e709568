#pragma once

#include <xgrad/framework/core/fold.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>

namespace xgrad {

/// Columns that are folded together, few enough for their partial results to stay in the first-level cache.
template <class Result>
inline constexpr std::int64_t folded_columns = sizeof(Result) <= 4 ? 128 : 64;

/// Columns whose folded halves are kept side by side: a piece of so many is read once, page by page.
template <class Result>
inline constexpr std::int64_t most_columns = 8 * folded_columns<Result>;

/// Rows of contiguous elements: `stride` elements apart, or anywhere, where `each` says where.
template <class T>
struct RowBlock {
  const T* first;
  std::int64_t stride;
  const T* const* each = nullptr;

  const T* row(std::int64_t index) const { return each ? each[index] : first + index * stride; }
};

/// Rows that lie in memory at equal distances: a source for `fold_columns`.
template <class T>
class StridedRows {
 public:
  static constexpr bool is_strided = true;

  StridedRows(const T* first, std::int64_t stride) : first_(first), stride_(stride) {}

  RowBlock<T> rows(std::int64_t first, std::int64_t) const { return {first_ + first * stride_, stride_}; }

  /// The same rows without their first elements.
  StridedRows from_column(std::int64_t column) const { return {first_ + column, stride_}; }

 private:
  const T* first_;
  std::int64_t stride_;
};

namespace detail {

// These two are called for many elements at a time. Inlined wherever they are called, they would be most of the code of
// a reduction, and take as much of its compilation.

/// Takes elements of several blocks, which are `distance` elements apart, one after the other into as many results.
template <int blocks, class T, class Result, class Step, class Map>
[[gnu::noinline]] void take_elements(Result* __restrict results, const T* __restrict elements, std::int64_t count,
                                     std::int64_t distance, Step step, Map map) {
  for (std::int64_t i = 0; i < count; ++i) {
    Result result = results[i];
    for (int block = 0; block < blocks; ++block) result = step(result, map(elements[block * distance + i]));
    results[i] = result;
  }
}

/// As `take_elements`, but the results begin with those of the first block, and `joined` of them, 1 or 4, that are
/// `lane_distance` elements apart are joined at once.
template <int joined, int blocks, class T, class Result, class Step, class Map>
[[gnu::noinline]] void start_elements(Result* __restrict results, const T* __restrict elements, std::int64_t count,
                                      std::int64_t distance, std::int64_t lane_distance, Step step, Map map) {
  const auto chain = [=](const T* element) {
    Result result = map(*element);
    for (int block = 1; block < blocks; ++block) result = step(result, map(element[block * distance]));
    return result;
  };
  for (std::int64_t i = 0; i < count; ++i) {
    if constexpr (joined == 1) {
      results[i] = chain(elements + i);
    } else {
      const Result even = step(chain(elements + i), chain(elements + i + 2 * lane_distance));
      const T* odd = elements + i + lane_distance;
      results[i] = step(even, step(chain(odd), chain(odd + 2 * lane_distance)));
    }
  }
}

/// Calls visit(place among the results, elements, count) for each row of the first `lanes`, or once for all of them
/// where they follow each other without gaps.
template <std::int64_t known, class T, class Visit>
void for_each_lane(const RowBlock<T>& rows, std::int64_t lanes, std::int64_t columns, Visit visit) {
  if (rows.stride == columns) return visit(std::int64_t{0}, rows.first, lanes * columns);
  for (std::int64_t lane = 0; lane < lanes; ++lane) {
    // Loops are better where the compiler knows their count.
    visit(lane * columns, rows.row(lane), columns == known ? known : columns);
  }
}

template <int blocks, class T, class Result, class Step, class Map>
void take_blocks(Result* results, const RowBlock<T>& rows, std::int64_t columns, Step step, Map map) {
  for_each_lane<folded_columns<Result>>(
      rows, fold_lanes, columns, [=](std::int64_t place, const T* elements, std::int64_t count) {
        take_elements<blocks>(results + place, elements, count, fold_lanes * rows.stride, step, map);
      });
}

/// Gives how many lanes there are after joining.
template <int joined, int blocks, class T, class Result, class Step, class Map>
std::int64_t start_blocks(Result* results, const RowBlock<T>& rows, std::int64_t columns, Step step, Map map) {
  constexpr auto lanes = fold_lanes / joined;
  for_each_lane<folded_columns<Result>>(
      rows, lanes, columns, [=](std::int64_t place, const T* elements, std::int64_t count) {
        start_elements<joined, blocks>(results + place, elements, count, fold_lanes * rows.stride, lanes * rows.stride,
                                       step, map);
      });
  return lanes;
}

/// Two blocks or fewer, if they are all, are joined while they are in registers.
template <class T, class Result, class Step, class Map>
std::int64_t start_some_blocks(std::int64_t all, std::int64_t odd, Result* results, const RowBlock<T>& rows,
                               std::int64_t columns, Step step, Map map) {
  if (all == 1) return start_blocks<4, 1>(results, rows, columns, step, map);
  if (all == 2) return start_blocks<4, 2>(results, rows, columns, step, map);
  if (odd == 1) return start_blocks<1, 1>(results, rows, columns, step, map);
  if (odd == 2) return start_blocks<1, 2>(results, rows, columns, step, map);
  if (odd == 3) return start_blocks<1, 3>(results, rows, columns, step, map);
  return start_blocks<1, 4>(results, rows, columns, step, map);
}

/// Of four times `count` results, the first `count` take the others: each half of the lanes the other half, twice.
template <class Result, class Step>
void join_quarters(Result* results, std::int64_t count, Step step) {
  Result* __restrict first = results;
  const Result* __restrict others = results + count;
  for (std::int64_t i = 0; i < count; ++i) {
    first[i] = step(step(first[i], others[count + i]), step(others[i], others[2 * count + i]));
  }
}

template <class Result, class Step>
void join(Result* __restrict first, const Result* __restrict second, std::int64_t count, Step step) {
  for (std::int64_t i = 0; i < count; ++i) first[i] = step(first[i], second[i]);
}

template <class Source, class Result, class Step, class Map>
void fold_columns_of_piece(Source& source, std::int64_t first, std::int64_t count, std::int64_t columns, Result* result,
                           Step step, Map map) {
  constexpr int at_once = Source::is_strided ? 4 : 1;  // that many lines of memory are on their way at once
  const auto blocks = count / fold_lanes;
  if (blocks > 0) {
    std::array<Result, fold_lanes * folded_columns<Result>> partial;
    const auto odd = (blocks - 1) % at_once + 1;  // all further ones come `at_once`
    const auto start = source.rows(first, odd * fold_lanes);
    std::int64_t lanes = fold_lanes;
    if constexpr (Source::is_strided) {
      lanes = start_some_blocks(blocks, odd, partial.data(), start, columns, step, map);
    } else {
      start_blocks<1, 1>(partial.data(), start, columns, step, map);
    }
    for (auto block = odd; block < blocks; block += at_once) {
      const auto rows = source.rows(first + block * fold_lanes, at_once * fold_lanes);
      take_blocks<at_once>(partial.data(), rows, columns, step, map);
    }
    for (; lanes > 2; lanes /= 4) join_quarters(partial.data(), lanes / 4 * columns, step);
    if (lanes == 2) join(partial.data(), partial.data() + columns, columns, step);
    join(result, partial.data(), columns, step);
  }
  const auto left = count % fold_lanes;
  if (left == 0) return;
  const auto rest = source.rows(first + blocks * fold_lanes, left);
  std::int64_t row = 0;
  if constexpr (Source::is_strided) {
    for (; row + 4 <= left; row += 4) take_elements<4>(result, rest.row(row), columns, rest.stride, step, map);
  }
  for (; row < left; ++row) take_elements<1>(result, rest.row(row), columns, 0, step, map);
}

}  // namespace detail

/// Folds rows `first` to `first + count` of a source into one row, each column in the order of `fold`. There are at
/// most `most_columns`, or `folded_columns` of a source that is not strided. `source.rows(first, count)` says where
/// rows lie, and need not hold before it is asked again; where `Source::is_strided`, they lie at equal distances, else
/// it is asked for at most `fold_lanes` of them at once.
template <class Source, class Result, class Step, class Map = std::identity>
void fold_columns(Source& source, std::int64_t first, std::int64_t count, std::int64_t columns, Result* result,
                  Result initial, Step step, Map map = {}) {
  if (count > fold_piece) {
    const auto half = first_half(count);
    std::array<Result, most_columns<Result>> rest;
    fold_columns(source, first, half, columns, result, initial, step, map);
    fold_columns(source, first + half, count - half, columns, rest.data(), initial, step, map);
    detail::join(result, rest.data(), columns, step);
    return;
  }
  std::fill_n(result, columns, initial);
  if constexpr (Source::is_strided) {
    for (std::int64_t column = 0; column < columns; column += folded_columns<Result>) {
      auto some = source.from_column(column);
      const auto some_columns = std::min(folded_columns<Result>, columns - column);
      detail::fold_columns_of_piece(some, first, count, some_columns, result + column, step, map);
    }
  } else {
    detail::fold_columns_of_piece(source, first, count, columns, result, step, map);
  }
}

}  // namespace xgrad
