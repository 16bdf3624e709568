#pragma once

#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/fold_columns.hpp>
#include <xgrad/framework/core/op.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <type_traits>

namespace xgrad {

/// One axis of the input of a reduction, or neighbours that are one run in memory.
struct ReductionLoop {
  std::int64_t extent;
  std::int64_t stride;  ///< in the input
};

/// The axes of one reduction from the outermost; held without heap memory because kernels make it in every call.
class ReductionLoops {
 public:
  /// Of `input` over the axes marked in `reduced`.
  ReductionLoops(const ArrayView& input, std::span<const bool> reduced);

  /// Axes that stay.
  std::span<const ReductionLoop> kept() const { return kept_.span(); }

  /// Axes whose elements are folded, numbered as they follow each other with the last of these axes the fastest.
  std::span<const ReductionLoop> folded() const { return folded_.span(); }

 private:
  struct Loops {
    std::array<ReductionLoop, max_rank> loops;
    std::size_t count = 0;
    void add_outside(ReductionLoop loop);
    std::span<const ReductionLoop> span() const { return {loops.data(), count}; }
  };

  Loops kept_;
  Loops folded_;
};

/// Calls visit(offset, count) for each run of terms `first` to `first + count` along the last of the folded axes.
template <class Visit>
void for_each_run(std::span<const ReductionLoop> folded, std::int64_t first, std::int64_t count, Visit visit) {
  const auto& last = folded.back();
  while (count > 0) {
    auto rest = first / last.extent;
    const auto within = first % last.extent;
    auto offset = within * last.stride;
    for (std::size_t loop = folded.size() - 1; loop-- > 0; rest /= folded[loop].extent) {
      offset += rest % folded[loop].extent * folded[loop].stride;
    }
    const auto run = std::min(last.extent - within, count);
    visit(offset, run);
    first += run;
    count -= run;
  }
}

namespace detail {

/// Columns or lines of this many elements or more are read where they lie, shorter ones are copied.
inline constexpr std::int64_t long_run = 8;

/// Rows that lie anywhere: a source for `fold_columns`. Where their elements are no neighbours, or few, they are put
/// one after the other, of at most `most_columns` each.
template <class T, std::int64_t most_columns>
class ScatteredRows {
 public:
  static constexpr bool is_strided = false;

  ScatteredRows(const T* first, std::span<const ReductionLoop> folded, ReductionLoop columns)
      : first_(first), folded_(folded), columns_(columns) {}

  RowBlock<T> rows(std::int64_t first, std::int64_t count) {
    T* to = elements_.data();
    std::int64_t index = 0;
    const bool is_copied = columns_.stride != 1 || columns_.extent < long_run;
    for_each_run(folded_, first, count, [&](std::int64_t offset, std::int64_t run) {
      const T* from = first_ + offset;
      for (std::int64_t row = 0; row < run; ++row, from += folded_.back().stride) {
        if (is_copied) {
          for (std::int64_t column = 0; column < columns_.extent; ++column) *to++ = from[column * columns_.stride];
        } else {
          each_[static_cast<std::size_t>(index++)] = from;
        }
      }
    });
    if (is_copied) return {elements_.data(), columns_.extent};
    return {nullptr, 0, each_.data()};
  }

 private:
  const T* first_;
  std::span<const ReductionLoop> folded_;
  ReductionLoop columns_;
  std::array<T, fold_lanes * most_columns> elements_;
  std::array<const T*, fold_lanes> each_;
};

/// One reduction with all that does not change on the way through the axes that stay.
template <class T, class Output, class Result, class Step, class Map>
class Reduction {
 public:
  Reduction(std::span<const ReductionLoop> folded, Result initial, Step step, Map map)
      : folded_(folded), initial_(initial), step_(step), map_(map) {}

  /// Writes all results that `kept` leads to and returns where the next one goes.
  Output* run(const T* input, Output* output, std::span<const ReductionLoop> kept) const {
    if (kept.empty()) return run_line(input, output, {1, 1});
    if (kept.size() == 1) return run_line(input, output, kept[0]);
    for (std::int64_t i = 0; i < kept[0].extent; ++i) {
      output = run(input + i * kept[0].stride, output, kept.subspan(1));
    }
    return output;
  }

 private:
  Output* run_line(const T* input, Output* output, ReductionLoop columns) const {
    if constexpr (std::is_same_v<Output, Result>) {
      fold_all(input, columns, output);
      return output + columns.extent;
    } else {
      std::array<Result, folded_columns<Result>> results;
      for_some(columns, folded_columns<Result>, [&](std::int64_t first, ReductionLoop some) {
        fold_all(input + first * columns.stride, some, results.data());
        for (std::int64_t i = 0; i < some.extent; ++i) *output++ = static_cast<Output>(results[i]);
      });
      return output;
    }
  }

  template <class Visit>
  static void for_some(ReductionLoop columns, std::int64_t most, Visit visit) {
    for (std::int64_t first = 0; first < columns.extent; first += most) {
      visit(first, ReductionLoop{std::min(most, columns.extent - first), columns.stride});
    }
  }

  void fold_all(const T* input, ReductionLoop columns, Result* results) const {
    if (folded_.empty()) {
      for (std::int64_t i = 0; i < columns.extent; ++i) {
        results[i] = step_(initial_, map_(input[i * columns.stride]));
      }
      return;
    }
    const auto& last = folded_.back();
    if (folded_.size() == 1 && last.stride == 1) {
      fold_each(input, columns.extent, columns.stride, last.extent, results, initial_, step_, map_);
    } else if (folded_.size() == 1 && columns.stride == 1 &&
               (columns.extent >= long_run || last.stride == columns.extent)) {
      for_some(columns, most_columns<Result>, [&](std::int64_t first, ReductionLoop some) {
        StridedRows<T> rows(input + first, last.stride);
        fold_columns(rows, 0, last.extent, some.extent, results + first, initial_, step_, map_);
      });
    } else if (last.stride == 1 && last.extent >= long_run) {
      for (std::int64_t i = 0; i < columns.extent; ++i) results[i] = fold_runs(input + i * columns.stride);
    } else {
      for_some(columns, folded_columns<Result>, [&](std::int64_t first, ReductionLoop some) {
        ScatteredRows<T, folded_columns<Result>> rows(input + first * columns.stride, folded_, some);
        fold_columns(rows, 0, terms(), some.extent, results + first, initial_, step_, map_);
      });
    }
  }

  // Of contiguous runs.
  Result fold_runs(const T* input) const {
    return fold_pieces<T>(0, terms(), initial_, step_, map_, [&](std::int64_t first, std::int64_t count, auto& piece) {
      for_each_run(folded_, first, count,
                   [&](std::int64_t offset, std::int64_t run) { piece.add(input + offset, run); });
    });
  }

  std::int64_t terms() const {
    std::int64_t count = 1;
    for (const auto& loop : folded_) count *= loop.extent;
    return count;
  }

  std::span<const ReductionLoop> folded_;
  Result initial_;
  [[no_unique_address]] Step step_;
  [[no_unique_address]] Map map_;
};

}  // namespace detail

/// Folds `input`, or what `map` makes of each element, over the axes marked in `reduced` into `output`, from `initial`,
/// which changes nothing, with the associative `step`, in the order of `fold`. The output has elements of type
/// `Output`, or of that of `initial` where none is given.
template <class T, class Output = void, class Result, class Step, class Map = std::identity>
void reduce(const ArrayView& input, const ArrayView& output, std::span<const bool> reduced, Result initial, Step step,
            Map map = {}) {
  using Written = std::conditional_t<std::is_void_v<Output>, Result, Output>;
  if (std::find(input.shape.begin(), input.shape.end(), 0) != input.shape.end()) {
    std::fill_n(output.as<Written>(), element_count(output.shape), static_cast<Written>(initial));
    return;
  }
  const ReductionLoops loops(input, reduced);
  const detail::Reduction<T, Written, Result, Step, Map> reduction(loops.folded(), initial, step, map);
  reduction.run(input.as<T>(), output.as<Written>(), loops.kept());
}

}  // namespace xgrad
