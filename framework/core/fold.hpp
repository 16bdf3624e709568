#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>

namespace xgrad {

// The order of every reduction, a function of the number of terms alone. More than 2,048 terms are cut into two halves,
// the first of them a multiple of 32 long, which are folded by themselves. At most 2,048 are dealt out to 32 lanes,
// term i to lane i % 32, each lane adds its own from the first to the last, and lane i takes lane i + 16, then i + 8,
// 4, 2 and 1. The terms left over when 32 do not divide the count, and all of fewer than 32, follow one after the
// other. So the rounding error grows with the logarithm of the count, and the bits depend on neither the width of
// vector registers nor where in memory terms lie nor what is folded beside them.

/// Partial results side by side; with fewer, GCC 12 keeps a step with a condition out of vector registers.
inline constexpr std::int64_t fold_lanes = 32;

/// Terms above which a fold is cut in halves.
inline constexpr std::int64_t fold_piece = 64 * fold_lanes;

/// The terms of the first half of more than a piece.
constexpr std::int64_t first_half(std::int64_t count) { return (count / 2 + fold_lanes - 1) / fold_lanes * fold_lanes; }

/// Joins twice `width` lanes into lane 0: each of the first half takes one of the second, until one is left. The width
/// is known to the compiler, so that lanes stay in registers.
template <std::int64_t width, class Result, class Step>
[[gnu::always_inline]] inline void join_lanes(Result* lanes, Step step) {
  if constexpr (width > 0) {
    std::array<Result, width> joined;
    for (std::int64_t lane = 0; lane < width; ++lane) joined[lane] = step(lanes[lane], lanes[lane + width]);
    for (std::int64_t lane = 0; lane < width; ++lane) lanes[lane] = joined[lane];
    join_lanes<width / 2>(lanes, step);
  }
}

/// The terms of one piece that come in runs of contiguous elements.
template <class T, class Result, class Step, class Map>
class PieceFold {
 public:
  PieceFold(Step step, Map map) : step_(step), map_(map) {}

  /// The next `count` terms.
  void add(const T* values, std::int64_t count) {
    if (waiting_ > 0) {
      const auto missing = std::min(fold_lanes - waiting_, count);
      std::copy_n(values, missing, rest_.begin() + waiting_);
      values += missing;
      count -= missing;
      waiting_ += missing;
      if (waiting_ < fold_lanes) return;
      add_blocks(rest_.data(), 1);
    }
    add_blocks(values, count / fold_lanes);
    waiting_ = count % fold_lanes;
    std::copy_n(values + count - waiting_, waiting_, rest_.begin());
  }

  Result result(Result initial) {
    Result result = initial;
    if (has_partial_) {
      join_lanes<fold_lanes / 2>(partial_.data(), step_);
      result = step_(result, partial_[0]);
    }
    for (std::int64_t i = 0; i < waiting_; ++i) result = step_(result, map_(rest_[i]));
    return result;
  }

 private:
  void add_blocks(const T* values, std::int64_t blocks) {
    if (blocks == 0) return;
    const T* const end = values + blocks * fold_lanes;
    std::array<Result, fold_lanes> partial;  // in registers
    if (has_partial_) {
      partial = partial_;
    } else {
      std::transform(values, values + fold_lanes, partial.begin(), map_);
      values += fold_lanes;
    }
    for (; values < end; values += fold_lanes) {
      for (std::int64_t lane = 0; lane < fold_lanes; ++lane) partial[lane] = step_(partial[lane], map_(values[lane]));
    }
    partial_ = partial;
    has_partial_ = true;
  }

  [[no_unique_address]] Step step_;
  [[no_unique_address]] Map map_;
  std::array<Result, fold_lanes> partial_;
  std::array<T, fold_lanes> rest_;
  std::int64_t waiting_ = 0;  ///< terms in `rest_`
  bool has_partial_ = false;
};

/// Folds terms `first` to `first + count`, of which `add_terms(first, count, piece)` adds those of a piece to a
/// `PieceFold`.
template <class T, class Result, class Step, class Map, class AddTerms>
Result fold_pieces(std::int64_t first, std::int64_t count, Result initial, Step step, Map map,
                   const AddTerms& add_terms) {
  if (count <= fold_piece) {
    PieceFold<T, Result, Step, Map> piece(step, map);
    add_terms(first, count, piece);
    return piece.result(initial);
  }
  const auto half = first_half(count);
  return step(fold_pieces<T>(first, half, initial, step, map, add_terms),
              fold_pieces<T>(first + half, count - half, initial, step, map, add_terms));
}

/// The products of two rows of elements: terms for `fold`.
template <class T>
struct Products {
  const T* left;
  const T* right;

  T operator[](std::int64_t index) const { return left[index] * right[index]; }
  Products operator+(std::int64_t index) const { return {left + index, right + index}; }
};

/// Folds contiguous elements, or what `map` makes of each, from `initial`, which changes nothing, with the associative
/// `step`. `values` is a pointer or what stands for one, such as `Products`.
template <class Values, class Result, class Step, class Map = std::identity>
Result fold(Values values, std::int64_t count, Result initial, Step step, Map map = {}) {
  if (count > fold_piece) {
    const auto half = first_half(count);
    return step(fold(values, half, initial, step, map), fold(values + half, count - half, initial, step, map));
  }
  Result result = initial;
  std::int64_t index = 0;
  if (count >= fold_lanes) {
    std::array<Result, fold_lanes> partial;
    for (std::int64_t lane = 0; lane < fold_lanes; ++lane) partial[lane] = map(values[lane]);
    for (index = fold_lanes; index + fold_lanes <= count; index += fold_lanes) {
      for (std::int64_t lane = 0; lane < fold_lanes; ++lane) {
        partial[lane] = step(partial[lane], map(values[index + lane]));
      }
    }
    join_lanes<fold_lanes / 2>(partial.data(), step);
    result = step(result, partial[0]);
  }
  for (; index < count; ++index) result = step(result, map(values[index]));
  return result;
}

/// Rows that are folded side by side where one alone is too short to fill vector registers.
inline constexpr std::int64_t rows_abreast = 16;

/// True for rows of which one alone fills no vector register.
constexpr bool is_short_row(std::int64_t count) { return count < fold_lanes; }

/// Folds each of `rows` rows of `count` elements, `stride` elements apart, in the order of `fold`.
template <class T, class Result, class Step, class Map = std::identity>
void fold_each(const T* values, std::int64_t rows, std::int64_t stride, std::int64_t count, Result* results,
               Result initial, Step step, Map map = {}) {
  std::int64_t row = 0;
  if (is_short_row(count)) {
    for (; row + rows_abreast <= rows; row += rows_abreast, values += rows_abreast * stride) {
      std::array<Result, rows_abreast> partial;
      partial.fill(initial);
      for (std::int64_t i = 0; i < count; ++i) {
        for (std::int64_t lane = 0; lane < rows_abreast; ++lane) {
          partial[lane] = step(partial[lane], map(values[lane * stride + i]));
        }
      }
      std::copy(partial.begin(), partial.end(), results + row);
    }
  }
  for (; row < rows; ++row, values += stride) results[row] = fold(values, count, initial, step, map);
}

}  // namespace xgrad
