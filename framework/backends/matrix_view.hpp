#pragma once

#include <cstdint>

namespace xgrad {

/// A matrix anywhere in memory: element (i, j) is data[i * row_stride + j * column_stride].
template <class T>
struct MatrixView {
  T* data;
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t row_stride;
  std::int64_t column_stride = 1;

  T* at(std::int64_t row, std::int64_t column) const { return data + row * row_stride + column * column_stride; }

  /// The same elements, read as the transpose.
  MatrixView transposed() const { return {data, columns, rows, column_stride, row_stride}; }

  /// Rows [first, first + count).
  MatrixView row_range(std::int64_t first, std::int64_t count) const {
    return {at(first, 0), count, columns, row_stride, column_stride};
  }
  /// Columns [first, first + count).
  MatrixView column_range(std::int64_t first, std::int64_t count) const {
    return {at(0, first), rows, count, row_stride, column_stride};
  }
};

}  // namespace xgrad
