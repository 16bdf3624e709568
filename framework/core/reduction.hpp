#pragma once

#include <xgrad/framework/core/op.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace xgrad {

/// The loops of a reduction: input axes from the outermost, neighbours that are treated alike merged into one.
struct ReductionLoop {
  std::int64_t extent;
  std::int64_t input_stride;
  std::int64_t output_stride;  ///< 0 where the axis is reduced
};

/// The loops of one reduction; held without heap memory because kernels make it in every call.
class ReductionLoops {
 public:
  /// Of `input` over the axes marked in `reduced`.
  ReductionLoops(const ArrayView& input, std::span<const bool> reduced);

  std::span<const ReductionLoop> span() const { return {loops_.data(), count_}; }

 private:
  std::array<ReductionLoop, max_rank> loops_;
  std::size_t count_ = 0;
};

/// Folds contiguous elements, or what `map` makes of each, in thirty-two lanes and, when there are many, in halves:
/// vector speed, an error that grows with the logarithm of the count, and an order that depends on the count alone.
template <class T, class Result, class Step, class Map = std::identity>
Result fold(const T* values, std::int64_t count, Result initial, Step step, Map map = {}) {
  constexpr std::int64_t lanes = 32;  // with fewer, GCC 12 keeps a step with a condition out of vector registers
  constexpr std::int64_t piece = 64 * lanes;
  if (count > piece) {
    const auto half = (count / 2 + lanes - 1) / lanes * lanes;
    return step(fold(values, half, initial, step, map), fold(values + half, count - half, initial, step, map));
  }
  Result result = initial;
  std::int64_t index = 0;
  if (count >= lanes) {
    std::array<Result, lanes> partial;
    std::transform(values, values + lanes, partial.begin(), map);
    for (index = lanes; index + lanes <= count; index += lanes) {
      for (std::int64_t lane = 0; lane < lanes; ++lane) partial[lane] = step(partial[lane], map(values[index + lane]));
    }
    for (std::int64_t width = lanes / 2; width > 0; width /= 2) {
      for (std::int64_t lane = 0; lane < width; ++lane) partial[lane] = step(partial[lane], partial[lane + width]);
    }
    result = step(result, partial[0]);
  }
  for (; index < count; ++index) result = step(result, map(values[index]));
  return result;
}

/// Rows that are folded side by side where one alone is too short to fill vector registers.
inline constexpr std::int64_t rows_abreast = 16;

/// True for rows of which one alone fills no vector register.
constexpr bool is_short_row(std::int64_t count) { return count < 32; }

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

namespace detail {

/// Columns or rows that are folded together, few enough for their partial results to lie on the stack.
inline constexpr std::int64_t folded_columns = 256;

/// Folds rows into one, in halves when there are many, for the same reasons as `fold`.
template <class T, class Result, class Step, class Map>
void fold_rows(const T* input, std::int64_t rows, std::int64_t stride, std::int64_t columns, Result* result,
               Result initial, Step step, Map map) {
  constexpr std::int64_t piece = 1024;
  if (rows > piece) {
    std::array<Result, folded_columns> rest;
    fold_rows(input, rows / 2, stride, columns, result, initial, step, map);
    fold_rows(input + rows / 2 * stride, rows - rows / 2, stride, columns, rest.data(), initial, step, map);
    for (std::int64_t i = 0; i < columns; ++i) result[i] = step(result[i], rest[i]);
    return;
  }
  std::fill_n(result, columns, initial);
  // Four rows at a time: that many lines of memory are on their way at once.
  std::int64_t row = 0;
  for (; row + 4 <= rows; row += 4, input += 4 * stride) {
    const T* const second = input + stride;
    const T* const third = second + stride;
    const T* const fourth = third + stride;
    for (std::int64_t i = 0; i < columns; ++i) {
      const auto half = step(step(result[i], map(input[i])), map(second[i]));
      result[i] = step(step(half, map(third[i])), map(fourth[i]));
    }
  }
  for (; row < rows; ++row, input += stride) {
    for (std::int64_t i = 0; i < columns; ++i) result[i] = step(result[i], map(input[i]));
  }
}

template <class T, class Result, class Step, class Map>
void reduce_loops(const T* input, Result* output, std::span<const ReductionLoop> loops, Result initial, Step step,
                  Map map) {
  if (loops.empty()) {
    *output = step(*output, map(*input));
    return;
  }
  const auto [extent, input_stride, output_stride] = loops.front();
  if (loops.size() == 1 && input_stride == 1) {
    if (output_stride == 0) {
      *output = step(*output, fold(input, extent, initial, step, map));
    } else {
      for (std::int64_t i = 0; i < extent; ++i) output[i] = step(output[i], map(input[i]));
    }
    return;
  }
  if (loops.size() == 2 && output_stride == 1 && loops[1].input_stride == 1 && loops[1].output_stride == 0) {
    std::array<Result, folded_columns> folded;
    for (std::int64_t first = 0; first < extent; first += folded_columns) {
      const auto rows = std::min(folded_columns, extent - first);
      fold_each(input + first * input_stride, rows, input_stride, loops[1].extent, folded.data(), initial, step, map);
      for (std::int64_t i = 0; i < rows; ++i) output[first + i] = step(output[first + i], folded[i]);
    }
    return;
  }
  if (loops.size() == 2 && output_stride == 0 && loops[1].input_stride == 1 && loops[1].output_stride == 1) {
    std::array<Result, folded_columns> folded;
    for (std::int64_t first = 0; first < loops[1].extent; first += folded_columns) {
      const auto columns = std::min(folded_columns, loops[1].extent - first);
      fold_rows(input + first, extent, input_stride, columns, folded.data(), initial, step, map);
      for (std::int64_t i = 0; i < columns; ++i) output[first + i] = step(output[first + i], folded[i]);
    }
    return;
  }
  for (std::int64_t i = 0; i < extent; ++i) {
    reduce_loops(input + i * input_stride, output + i * output_stride, loops.subspan(1), initial, step, map);
  }
}

}  // namespace detail

/// Folds `input`, or what `map` makes of each element, over the axes marked in `reduced` into `output`, from `initial`
/// with the associative `step`.
template <class T, class Result, class Step, class Map = std::identity>
void reduce(const ArrayView& input, const ArrayView& output, std::span<const bool> reduced, Result initial, Step step,
            Map map = {}) {
  std::int64_t count = 1;
  for (auto size : output.shape) count *= size;
  std::fill_n(output.as<Result>(), count, initial);
  if (std::find(input.shape.begin(), input.shape.end(), 0) != input.shape.end()) return;
  const ReductionLoops loops(input, reduced);
  detail::reduce_loops(input.as<T>(), output.as<Result>(), loops.span(), initial, step, map);
}

}  // namespace xgrad
