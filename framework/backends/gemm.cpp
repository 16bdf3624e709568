#include <xgrad/framework/backends/gemm.hpp>
#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace xgrad {
namespace {

template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result,
              GemmBackend::Multiply<T> backend) {
  if (left.columns != right.rows || left.rows != result.rows || right.columns != result.columns) {
    throw ShapeError(fmt::format("gemm: ({}, {}) times ({}, {}) does not give ({}, {})", left.rows, left.columns,
                                 right.rows, right.columns, result.rows, result.columns));
  }
  if (result.rows == 0 || result.columns == 0) return;
  if (left.columns == 0) {
    for (std::int64_t row = 0; row < result.rows; ++row) {
      for (std::int64_t column = 0; column < result.columns; ++column) *result.at(row, column) = T(0);
    }
    return;
  }
  const bool library_fits = LibraryMatrix<const T>::fits(left) && LibraryMatrix<const T>::fits(right) &&
                            LibraryMatrix<T>::fits(result) && result.column_stride == 1;
  (library_fits ? backend : ordered_gemm::multiply<T>)(left, right, result);
}

}  // namespace

const GemmBackend ordered_backend{"ordered", ordered_gemm::multiply<float>, ordered_gemm::multiply<double>};

std::span<const GemmBackend> gemm_backends() {
#if XGRAD_GEMM_ONEDNN
  static const std::array backends{onednn_backend, ordered_backend, blas_backend};
#elif XGRAD_GEMM_BLAS
  static const std::array backends{blas_backend, ordered_backend};
#else
  static const std::array backends{ordered_backend, blas_backend};
#endif
  return backends;
}

bool gemm_is_ordered() { return gemm_backends().front().multiply_float == ordered_backend.multiply_float; }

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
