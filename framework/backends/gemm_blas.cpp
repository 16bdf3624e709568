#include <xgrad/framework/backends/blas_threads.hpp>
#include <xgrad/framework/backends/gemm_backend.hpp>

#include <xtensor-blas/xblas.hpp>

#include <algorithm>
#include <cstdint>

namespace xgrad {
namespace {

// OpenBLAS rearranges both operands over the whole length of a sum; with few columns, that is most of the work, and
// long sums in pieces that stay in the second-level cache take half the time.
constexpr std::int64_t few_columns = 16;
constexpr std::int64_t piece = 256;

template <class T>
void multiply(const MatrixView<const T>& left, const MatrixView<const T>& right, const MatrixView<T>& result) {
  use_one_blas_thread();
  const auto flag = [](bool transposed) {
    return transposed ? cxxblas::Transpose::Trans : cxxblas::Transpose::NoTrans;
  };
  const auto index = [](std::int64_t value) { return static_cast<xt::blas_index_t>(value); };
  const LibraryMatrix<const T> a(left);
  const LibraryMatrix<const T> b(right);
  const auto length = left.columns;
  const auto step = result.columns <= few_columns && length > 4 * piece ? piece : length;
  for (std::int64_t first = 0; first == 0 || first < length; first += step) {
    cxxblas::gemm<xt::blas_index_t>(cxxblas::StorageOrder::RowMajor, flag(a.transposed), flag(b.transposed),
                                    index(result.rows), index(result.columns), index(std::min(step, length - first)),
                                    T(1), left.at(0, first), index(a.stride), right.at(first, 0), index(b.stride),
                                    T(first == 0 ? 0 : 1), result.data, index(result.row_stride));
  }
}

}  // namespace

const GemmBackend blas_backend{"BLAS", multiply<float>, multiply<double>};

}  // namespace xgrad
