#include <xgrad/framework/runtime/blas_threads.hpp>
#include <xgrad/framework/runtime/gemm_backend.hpp>

#include <xtensor-blas/xblas.hpp>

namespace xgrad {
namespace {

template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  use_one_blas_thread();
  const auto flag = [](bool transposed) {
    return transposed ? cxxblas::Transpose::Trans : cxxblas::Transpose::NoTrans;
  };
  const auto index = [](std::int64_t value) { return static_cast<xt::blas_index_t>(value); };
  cxxblas::gemm<xt::blas_index_t>(
      cxxblas::StorageOrder::RowMajor, flag(left.transposed), flag(right.transposed), index(result.rows),
      index(result.columns), index(left.transposed ? left.rows : left.columns), T(1), left.data, index(left.stride),
      right.data, index(right.stride), T(0), result.data, index(result.stride));
}

}  // namespace

const GemmBackend blas_backend{"BLAS", multiply<float>, multiply<double>};

}  // namespace xgrad
