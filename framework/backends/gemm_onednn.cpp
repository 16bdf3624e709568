#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/backends/one_openmp_thread.hpp>

#include <dnnl.h>

namespace xgrad {
namespace {

void multiply(const MatrixView<const float>& left, const MatrixView<const float>& right,
              const MatrixView<float>& result) {
  const OneOpenMpThread one_thread;
  const auto flag = [](bool transposed) { return transposed ? 'T' : 'N'; };
  const LibraryMatrix<const float> a(left);
  const LibraryMatrix<const float> b(right);
  // Fails for negative sizes and strides shorter than a row only, which a matrix in memory does not have.
  dnnl_sgemm(flag(a.transposed), flag(b.transposed), result.rows, result.columns, left.columns, 1.0f, a.data, a.stride,
             b.data, b.stride, 0.0f, result.data, result.row_stride);
}

}  // namespace

const GemmBackend onednn_backend{"oneDNN", multiply, nullptr};

}  // namespace xgrad
