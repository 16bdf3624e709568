#include <xgrad/framework/backends/gemm_tile.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace xgrad::ordered_gemm {
namespace {

/// Vectors of 32 bytes in two halves, written so that each step of a transposition is one instruction of AVX.
typedef float Floats __attribute__((vector_size(32)));
typedef double Doubles __attribute__((vector_size(32)));

template <class Vector>
Vector load(const void* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

/// Pairs of vectors exchange their halves: 4 rows apart for floats, 2 for doubles.
template <class Vector, int Size>
void exchange_halves(Vector (&rows)[Size]) {
#pragma GCC unroll 4
  for (int i = 0; i < Size / 2; ++i) {
    const auto low = reinterpret_cast<Doubles>(rows[i]);
    const auto high = reinterpret_cast<Doubles>(rows[i + Size / 2]);
    rows[i] = reinterpret_cast<Vector>(__builtin_shufflevector(low, high, 0, 1, 4, 5));
    rows[i + Size / 2] = reinterpret_cast<Vector>(__builtin_shufflevector(low, high, 2, 3, 6, 7));
  }
}

/// Transposes a square of 4 x 4: columns that lie `from_stride` apart become rows.
void transpose_square(const double* from, std::int64_t from_stride, double* to, std::int64_t to_stride) {
  Doubles rows[4];
  for (int i = 0; i < 4; ++i) rows[i] = load<Doubles>(from + i * from_stride);
  exchange_halves(rows);
  for (int i = 0; i < 4; i += 2) {
    const auto even = __builtin_shufflevector(rows[i], rows[i + 1], 0, 4, 2, 6);
    rows[i + 1] = __builtin_shufflevector(rows[i], rows[i + 1], 1, 5, 3, 7);
    rows[i] = even;
  }
  for (int i = 0; i < 4; ++i) std::memcpy(to + i * to_stride, &rows[i], sizeof rows[i]);
}

/// The same for 8 x 8.
void transpose_square(const float* from, std::int64_t from_stride, float* to, std::int64_t to_stride) {
  Floats rows[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) rows[i] = load<Floats>(from + i * from_stride);
  exchange_halves(rows);
#pragma GCC unroll 2
  for (int half = 0; half < 8; half += 4) {
    Floats pairs[4];
#pragma GCC unroll 2
    for (int i = 0; i < 2; ++i) {
      const auto& first = rows[half + i];
      const auto& second = rows[half + i + 2];
      pairs[i] = __builtin_shufflevector(first, second, 0, 1, 8, 9, 4, 5, 12, 13);
      pairs[i + 2] = __builtin_shufflevector(first, second, 2, 3, 10, 11, 6, 7, 14, 15);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 4; i += 2) {
      rows[half + i] = __builtin_shufflevector(pairs[i], pairs[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
      rows[half + i + 1] = __builtin_shufflevector(pairs[i], pairs[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) std::memcpy(to + i * to_stride, &rows[i], sizeof rows[i]);
}

/// A panel of a matrix whose columns are contiguous.
template <class T>
void pack_columns(const MatrixView<const T>& columns, T* panel) {
  constexpr std::int64_t width = TileSize<T>::columns;
  constexpr std::int64_t lanes = 32 / sizeof(T);
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
