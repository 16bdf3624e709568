#include <xgrad/framework/backends/gemm_backend.hpp>
#include <xgrad/framework/backends/one_openmp_thread.hpp>
#include <xgrad/framework/core/error.hpp>

#include <dnnl.h>
#include <fmt/format.h>

namespace xgrad {
namespace {

void multiply(const MatrixView<const float>& left, const MatrixView<const float>& right,
              const MatrixView<float>& result) {
  const OneOpenMpThread one_thread;
  const auto flag = [](bool transposed) { return transposed ? 'T' : 'N'; };
  const LibraryMatrix<const float> a(left);
  const LibraryMatrix<const float> b(right);
  const auto status = dnnl_sgemm(flag(a.transposed), flag(b.transposed), result.rows, result.columns, left.columns,
                                 1.0f, a.data, a.stride, b.data, b.stride, 0.0f, result.data, result.row_stride);
  // Without memory it leaves in the result what was there.
  if (status == dnnl_out_of_memory) {
    throw MemoryError(fmt::format("dot: oneDNN has no memory to multiply ({}, {}) by ({}, {}); use smaller matrices",
                                  left.rows, left.columns, right.rows, right.columns));
  }
  if (status != dnnl_success) {
    throw Error(
        fmt::format("dot: oneDNN failed to multiply ({}, {}) by ({}, {}) with status {}; configure with "
                    "-DXGRAD_GEMM=ordered",
                    left.rows, left.columns, right.rows, right.columns, static_cast<int>(status)));
  }
}

}  // namespace

const GemmBackend onednn_backend{"oneDNN", multiply, nullptr};

}  // namespace xgrad
