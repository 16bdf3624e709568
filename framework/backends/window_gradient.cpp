#include <xgrad/framework/backends/gemm_tile.hpp>
#include <xgrad/framework/backends/gemm_total.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/backends/window_gradient.hpp>

#include <algorithm>

namespace xgrad::ordered_gemm {
namespace {

/// A tag for `thread_memory`, which names a buffer of its own.
struct Totals;
struct Offsets;
struct Panels;

}  // namespace

/// The sums of some rows of the gradient.
template <class T>
class WindowGradient::Sums {
 public:
  using Size = TileSize<T>;

  Sums(std::int64_t rows, std::int64_t filters, std::int64_t groups)
      : rows_(rows), filters_(filters), groups_(groups), group_filters_(filters / groups) {
    totals_ = thread_memory<Totals, Total<T>>(rows * filters);
    std::fill_n(totals_, rows * filters, Total<T>{});
    panels_ = thread_memory<Panels, T>(groups * chain_terms * Size::columns);
  }

  /// Makes `count` rows of y the right operand. The last panel of a group is packed unless it is whole: vectors would
  /// read beyond the end.
  void read(const T* y, std::int64_t count) {
    y_ = y;
    const auto whole = whole_columns();
    if (whole == group_filters_) return;
    for (std::int64_t group = 0; group < groups_; ++group) {
      const MatrixView<const T> rest{y + group * group_filters_ + whole, count, group_filters_ - whole, filters_};
      pack_panels(rest, 0, 1, panels_ + group * chain_terms * Size::columns);
    }
  }

  /// Adds a chain to each of the sums in rows [first, first + rows).
  void add(std::int64_t first, std::int64_t rows, const ListedTerms<T>& steps, std::int64_t terms,
           std::int64_t group_channels) {
    alignas(64) T tile[Size::rows * Size::columns];
    const auto tiles = (rows + Size::rows - 1) / Size::rows;
    for (std::int64_t group = 0; group < groups_; ++group) {
      for (std::int64_t column = 0; column < group_filters_; column += Size::columns) {
        const bool is_packed = column == whole_columns();
        const T* right =
            is_packed ? panels_ + group * chain_terms * Size::columns : y_ + group * group_filters_ + column;
        const auto right_stride = is_packed ? Size::columns : filters_;
        const auto columns = std::min(Size::columns, group_filters_ - column);
        const auto vectors = columns > Size::lanes ? Size::vectors : 1;
        for (std::int64_t index = 0; index < tiles; ++index) {
          const auto row = index * rows / tiles;
          const auto height = (index + 1) * rows / tiles - row;
          auto tile_steps = steps;
          tile_steps.data += group * group_channels;
          tile_steps.row_offsets += row;
          chain_kernel<T, ListedTerms<T>>(height, vectors)(tile_steps, right, right_stride, terms, tile, Size::columns,
                                                           false);
          for (std::int64_t i = 0; i < height; ++i) {
            Total<T>* to = totals_ + (first + row + i) * filters_ + group * group_filters_ + column;
            for (std::int64_t j = 0; j < columns; ++j) to[j].add(tile[i * Size::columns + j]);
          }
        }
      }
    }
  }

  void write(T* result) const {
    for (std::int64_t i = 0; i < rows_ * filters_; ++i) result[i] = totals_[i].rounded();
  }

 private:
  std::int64_t whole_columns() const { return group_filters_ / Size::columns * Size::columns; }

  std::int64_t rows_;
  std::int64_t filters_;
  std::int64_t groups_;
  std::int64_t group_filters_;
  Total<T>* totals_;
  T* panels_;
  const T* y_ = nullptr;
};

WindowGradient::WindowGradient(const std::array<WindowMotion, 3>& axes, std::int64_t channels,
                               std::int64_t group_channels)
    : axes_(axes), channels_(channels), group_channels_(group_channels) {
  for (const auto& axis : axes_) {
    const auto end = (axis.count - 1) * axis.stride + axis.extent() - axis.before;
    is_padded_ = is_padded_ || axis.before > 0 || (axis.count > 0 && end > axis.size);
  }
}

std::array<std::int64_t, 3> WindowGradient::tap_indices(std::int64_t tap) const {
  return {tap / (axes_[2].taps * axes_[1].taps), tap / axes_[2].taps % axes_[1].taps, tap % axes_[2].taps};
}

std::int64_t WindowGradient::tap_offset(std::int64_t tap) const {
  const auto at = tap_indices(tap);
  return ((at[0] * axes_[0].dilation * axes_[1].size + at[1] * axes_[1].dilation) * axes_[2].size +
          at[2] * axes_[2].dilation) *
         channels_;
}

std::int64_t WindowGradient::list_terms(std::int64_t tap, std::int64_t first, std::int64_t count, std::int64_t* offsets,
                                        std::int64_t* windows) const {
  const auto& [planes, lines, columns] = axes_;
  const auto at = tap_indices(tap);
  const auto step = columns.stride * channels_;
  std::int64_t terms = 0;
  for (std::int64_t window = 0, length = 0; window < count; window += length) {
    const auto column = (first + window) % columns.count;
    const auto line = (first + window) / columns.count;
    const auto plane = line / lines.count;
    length = std::min(columns.count - column, count - window);
    const auto z = plane % planes.count * planes.stride - planes.before + at[0] * planes.dilation;
    const auto y = line % lines.count * lines.stride - lines.before + at[1] * lines.dilation;
    if (z < 0 || z >= planes.size || y < 0 || y >= lines.size) continue;
    const auto line_offset = ((plane / planes.count * planes.size + z) * lines.size + y) * columns.size * channels_;
    // Windows begin at the tap, so that x = index * stride + start.
    const auto start = at[2] * columns.dilation - columns.before;
    auto begin = column;
    auto end = column + length;
    while (begin < end && begin * columns.stride + start < 0) ++begin;
    while (begin < end && (end - 1) * columns.stride + start >= columns.size) --end;
    auto offset = line_offset + (begin * columns.stride + start) * channels_;
    for (auto index = begin; index < end; ++index, offset += step) {
      offsets[terms] = offset;
      windows[terms] = window + index - column;
      ++terms;
    }
  }
  return terms;
}

template <class T>
void WindowGradient::run(const T* x, const T* y, std::int64_t samples, std::int64_t filters, std::int64_t first_row,
                         std::int64_t rows, T* result) const {
  Sums<T> sums(rows, filters, channels_ / group_channels_);
  std::int64_t term_offsets[chain_terms];
  std::int64_t right_rows[chain_terms];
  // Without padding all taps have the same terms, a fixed distance apart; with it, each tap goes by itself.
  auto* row_offsets = thread_memory<Offsets, std::int64_t>(rows);
  for (std::int64_t row = 0; row < rows; ++row) {
    const auto tap = (first_row + row) / group_channels_;
    row_offsets[row] = (first_row + row) % group_channels_ + (is_padded_ ? 0 : tap_offset(tap));
  }
  const auto windows = samples * axes_[0].count * axes_[1].count * axes_[2].count;
  for (std::int64_t first = 0; first < windows; first += chain_terms) {
    const auto count = std::min(chain_terms, windows - first);
    sums.read(y + first * filters, count);
    for (std::int64_t row = 0, height = 0; row < rows; row += height) {
      const auto tap = is_padded_ ? (first_row + row) / group_channels_ : 0;
      height = is_padded_ ? std::min((tap + 1) * group_channels_ - first_row, rows) - row : rows;
      const auto terms = list_terms(tap, first, count, term_offsets, right_rows);
      if (terms == 0) continue;
      sums.add(row, height, {{x, row_offsets + row, term_offsets}, right_rows}, terms, group_channels_);
    }
  }
  sums.write(result);
}

template void WindowGradient::run<float>(const float*, const float*, std::int64_t, std::int64_t, std::int64_t,
                                         std::int64_t, float*) const;
template void WindowGradient::run<double>(const double*, const double*, std::int64_t, std::int64_t, std::int64_t,
                                          std::int64_t, double*) const;

}  // namespace xgrad::ordered_gemm
