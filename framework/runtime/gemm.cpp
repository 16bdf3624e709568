#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/runtime/gemm.hpp>
#include <xgrad/framework/runtime/gemm_backend.hpp>

#include <fmt/format.h>

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
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result,
              GemmBackend::Multiply<T> backend) {
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
  backend(left, right, result);
}

}  // namespace

std::span<const GemmBackend> gemm_backends() {
#if XGRAD_USE_ONEDNN
  static const std::array backends{onednn_backend, blas_backend};
#else
  static const std::array backends{blas_backend};
#endif
  return backends;
}

void gemm(const MatrixView<const float>& left, const MatrixView<const float>& right, const MatrixView<float>& result) {
  static const auto backend = gemm_backends().front().multiply_float;
  multiply(left, right, result, backend);
}

void gemm(const MatrixView<const double>& left, const MatrixView<const double>& right,
          const MatrixView<double>& result) {
  static const auto backend = std::find_if(gemm_backends().begin(), gemm_backends().end(), [](const auto& candidate) {
                                return candidate.multiply_double;
                              })->multiply_double;
  multiply(left, right, result, backend);
}

}  // namespace xgrad
