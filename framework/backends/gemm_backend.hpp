#pragma once

#include <xgrad/framework/backends/gemm.hpp>

#include <span>
#include <string_view>

namespace xgrad {

/// An implementation of products of matrices. Its functions are as `gemm`, except that sizes have been checked and none
/// is 0.
struct GemmBackend {
  template <class T>
  using Multiply = void (*)(const MatrixView<const T>& left, const MatrixView<const T>& right,
                            const MatrixView<T>& result);

  std::string_view name;
  Multiply<float> multiply_float;
  Multiply<double> multiply_double;  ///< none where the library has no double precision
};

extern const GemmBackend ordered_backend;
extern const GemmBackend blas_backend;
extern const GemmBackend onednn_backend;  ///< only in builds that ask for oneDNN

/// Those in this build, the configured one first: `gemm` takes the first that has the element type.
std::span<const GemmBackend> gemm_backends();

/// True when `gemm` is `ordered_gemm`, so that operands may be packed for it ahead.
bool gemm_is_ordered();

/// A matrix as libraries want it: rows that are contiguous, read as the transpose where they are columns.
template <class T>
struct LibraryMatrix {
  explicit LibraryMatrix(const MatrixView<T>& view)
      : transposed(view.column_stride != 1),
        data(view.data),
        stride(transposed ? view.column_stride : view.row_stride) {}

  /// False for a view whose elements are contiguous along neither axis, or whose rows overlap.
  static bool fits(const MatrixView<T>& view) {
    const bool in_rows = view.column_stride == 1 && view.row_stride >= view.columns;
    return in_rows || (view.row_stride == 1 && view.column_stride >= view.rows);
  }

  bool transposed;
  T* data;
  std::int64_t stride;
};

}  // namespace xgrad
