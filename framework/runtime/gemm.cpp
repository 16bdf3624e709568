#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/runtime/blas_threads.hpp>
#include <xgrad/framework/runtime/gemm.hpp>

#include <fmt/format.h>
#include <xtensor-blas/xblas.hpp>

#include <algorithm>
#include <array>

namespace xgrad {
namespace {

template <class T>
std::string describe(const MatrixView<T>& matrix) {
  const std::array<std::int64_t, 2> shape{matrix.rows, matrix.columns};
  return to_string(shape) + (matrix.transposed ? " transposed" : "");
}

template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  const auto rows = left.transposed ? left.columns : left.rows;
  const auto inner = left.transposed ? left.rows : left.columns;
  const auto right_inner = right.transposed ? right.columns : right.rows;
  const auto columns = right.transposed ? right.rows : right.columns;
  if (inner != right_inner || rows != result.rows || columns != result.columns || result.transposed) {
    throw ShapeError(
        fmt::format("gemm: {} times {} does not give {}", describe(left), describe(right), describe(result)));
  }
  if (rows == 0 || columns == 0) return;
  if (inner == 0) {
    for (std::int64_t row = 0; row < rows; ++row) std::fill_n(result.data + row * result.stride, columns, T(0));
    return;
  }
  use_one_blas_thread();
  const auto flag = [](bool transposed) {
    return transposed ? cxxblas::Transpose::Trans : cxxblas::Transpose::NoTrans;
  };
  const auto index = [](std::int64_t value) { return static_cast<xt::blas_index_t>(value); };
  cxxblas::gemm<xt::blas_index_t>(cxxblas::StorageOrder::RowMajor, flag(left.transposed), flag(right.transposed),
                                  index(rows), index(columns), index(inner), T(1), left.data, index(left.stride),
                                  right.data, index(right.stride), T(0), result.data, index(result.stride));
}

}  // namespace

void gemm(const MatrixView<const float>& left, const MatrixView<const float>& right, const MatrixView<float>& result) {
  multiply(left, right, result);
}

void gemm(const MatrixView<const double>& left, const MatrixView<const double>& right,
          const MatrixView<double>& result) {
  multiply(left, right, result);
}

}  // namespace xgrad
