#include <xgrad/framework/backends/gemm_tile.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/transpose_square.hpp>

#include <algorithm>
#include <cstring>

namespace xgrad::ordered_gemm {
namespace {

/// A panel of a matrix whose columns are contiguous.
template <class T>
void pack_columns(const MatrixView<const T>& columns, T* panel) {
  constexpr std::int64_t width = TileSize<T>::columns;
  constexpr std::int64_t lanes = transposed_side<T>;
  std::int64_t column = 0;
  for (; column + lanes <= columns.columns; column += lanes) {
    std::int64_t row = 0;
    for (; row + lanes <= columns.rows; row += lanes) {
      transpose_square(columns.at(row, column), columns.column_stride, panel + row * width + column, width);
    }
    for (; row < columns.rows; ++row) {
      for (std::int64_t i = 0; i < lanes; ++i) panel[row * width + column + i] = *columns.at(row, column + i);
    }
  }
  for (; column < columns.columns; ++column) {
    for (std::int64_t row = 0; row < columns.rows; ++row) panel[row * width + column] = *columns.at(row, column);
  }
}

template <class T>
void pack_rows(const MatrixView<const T>& rows, T* panel) {
  constexpr std::int64_t width = TileSize<T>::columns;
  for (std::int64_t row = 0; row < rows.rows; ++row, panel += width) {
    for (std::int64_t column = 0; column < rows.columns; ++column) panel[column] = *rows.at(row, column);
  }
}

/// Whole panels of a matrix whose rows are contiguous: memory is read in its order, a row of all panels at a time.
template <class T>
void pack_whole_panels(const MatrixView<const T>& rows, std::int64_t panels, T* packed) {
  constexpr std::int64_t width = TileSize<T>::columns;
  for (std::int64_t row = 0; row < rows.rows; ++row) {
    const T* from = rows.at(row, 0);
    T* to = packed + row * width;
    for (std::int64_t panel = 0; panel < panels; ++panel, from += width, to += width * rows.rows) {
      std::memcpy(to, from, sizeof(T) * width);
    }
  }
}

}  // namespace

template <class T>
std::int64_t panel_columns() {
  return TileSize<T>::columns;
}

template <class T>
std::int64_t tile_rows() {
  return TileSize<T>::rows;
}

template <class T>
std::int64_t packed_elements(std::int64_t inner, std::int64_t columns) {
  constexpr std::int64_t width = TileSize<T>::columns;
  return (columns + width - 1) / width * width * inner;
}

template <class T>
void pack_panels(const MatrixView<const T>& right, std::int64_t first, std::int64_t last, T* packed) {
  constexpr std::int64_t width = TileSize<T>::columns;
  if (const auto whole = std::min(last, right.columns / width); right.column_stride == 1 && first < whole) {
    pack_whole_panels(right.column_range(first * width, right.columns - first * width), whole - first, packed);
    packed += (whole - first) * width * right.rows;
    first = whole;
  }
  for (std::int64_t panel = first; panel < last; ++panel, packed += width * right.rows) {
    const auto columns = right.column_range(panel * width, std::min(width, right.columns - panel * width));
    if (columns.columns < width) std::fill_n(packed, width * right.rows, T(0));
    if (right.row_stride == 1 && right.column_stride != 1) {
      pack_columns(columns, packed);
    } else {
      pack_rows(columns, packed);
    }
  }
}

#define XGRAD_INSTANTIATE(T)                                            \
  template std::int64_t panel_columns<T>();                             \
  template std::int64_t tile_rows<T>();                                 \
  template std::int64_t packed_elements<T>(std::int64_t, std::int64_t); \
  template void pack_panels<T>(const MatrixView<const T>&, std::int64_t, std::int64_t, T*);
XGRAD_INSTANTIATE(float)
XGRAD_INSTANTIATE(double)
#undef XGRAD_INSTANTIATE

}  // namespace xgrad::ordered_gemm
