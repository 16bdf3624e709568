#pragma once

#include <cstdint>

namespace xgrad {

/// A matrix in row-major memory, as stored: `stride` elements from one row to the next.
template <class T>
struct MatrixView {
  T* data;
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t stride;
  bool transposed = false;  ///< read as its transpose
};

/// result = left * right, each read as its transpose where it says so. One thread; calls from several threads are fine.
/// `result` overlaps neither operand and is not transposed. Throws ShapeError when the sizes do not fit.
void gemm(const MatrixView<const float>& left, const MatrixView<const float>& right, const MatrixView<float>& result);
void gemm(const MatrixView<const double>& left, const MatrixView<const double>& right,
          const MatrixView<double>& result);

}  // namespace xgrad
