#pragma once

#include <xgrad/framework/backends/matrix_view.hpp>

#include <cstddef>
#include <cstdint>

namespace xgrad {

/// Products of matrices whose bits follow from the operands alone. Each element of a product is a sum in one order,
/// which is a function of the inner size: chains of `chain_terms` fused multiply-adds that start from 0, each rounded
/// to the element type; the sums of the chains are added from the first to the last with twice the precision (float in
/// double, double as a sum and its error), and the total is rounded once. So an element depends neither on the other
/// rows and columns of the call nor on tiles, threads or the width of vectors, and the error of a sum of n terms does
/// not grow with n beyond a chain. Where the processor has no fused multiply-add, a multiplication and an addition
/// take its place, and the bits are others.
namespace ordered_gemm {

inline constexpr std::int64_t chain_terms = 512;

/// Columns that a tile of the product computes at a time; a packed operand is padded to a multiple of it.
template <class T>
std::int64_t panel_columns();

/// Rows that a tile computes at a time.
template <class T>
std::int64_t tile_rows();

/// Elements of a packed operand with `inner` rows and `columns` columns.
template <class T>
std::int64_t packed_elements(std::int64_t inner, std::int64_t columns);

/// Rearranges columns [first * panel_columns, last * panel_columns) of a right operand, as far as it has them, into
/// panels: for each panel its rows one after the other, padded with zeros. `packed` is the place of panel `first`.
template <class T>
void pack_panels(const MatrixView<const T>& right, std::int64_t first, std::int64_t last, T* packed);

/// result = left * right, for a right operand that was packed as a whole. One thread; allocates nothing after a
/// thread's first call with a long inner size.
template <class T>
void multiply_packed(const MatrixView<const T>& left, const T* packed, const MatrixView<T>& result);

/// A left operand whose element (i, j) is data[row_offsets[i] + column_offsets[j]]: windows over an array that overlap
/// in memory, one a row.
template <class T>
struct OffsetMatrix {
  const T* data;
  std::int64_t rows;
  std::int64_t columns;
  const std::int64_t* row_offsets;
  const std::int64_t* column_offsets;

  /// Rows [first, first + count).
  OffsetMatrix row_range(std::int64_t first, std::int64_t count) const {
    return {data, count, columns, row_offsets + first, column_offsets};
  }
};

/// The same for such a left operand.
template <class T>
void multiply_packed(const OffsetMatrix<T>& left, const T* packed, const MatrixView<T>& result);

/// True when a product of few rows with a right operand that caches hold is fastest as its transpose: `multiply` then
/// packs the left operand, which is smaller, and reads the right one where it is, so that packing it ahead saves
/// nothing.
template <class T>
bool reads_right_in_place(std::int64_t rows, std::int64_t inner, std::int64_t columns);

/// result = left * right for any strides, and packs on the way where that pays off. `result` overlaps no operand. One
/// thread; allocates nothing after a thread's first call.
template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result);

}  // namespace ordered_gemm
}  // namespace xgrad
