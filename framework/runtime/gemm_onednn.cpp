#include <xgrad/framework/runtime/gemm_backend.hpp>
#include <xgrad/framework/runtime/one_openmp_thread.hpp>

#include <dnnl.h>

namespace xgrad {
namespace {

void multiply(const MatrixView<const float>& left, const MatrixView<const float>& right,
              const MatrixView<float>& result) {
  const OneOpenMpThread one_thread;
  const auto flag = [](bool transposed) { return transposed ? 'T' : 'N'; };
  // Fails for negative sizes and strides shorter than a row only, which a matrix in memory does not have.
  dnnl_sgemm(flag(left.transposed), flag(right.transposed), result.rows, result.columns,
             left.transposed ? left.rows : left.columns, 1.0f, left.data, left.stride, right.data, right.stride, 0.0f,
             result.data, result.stride);
}

}  // namespace

const GemmBackend onednn_backend{"oneDNN", multiply, nullptr};

}  // namespace xgrad
