#include "sgemm.hpp"

#include <cblas.h>

#include <array>

#ifdef XGRAD_BENCHMARK_ONEDNN
#include <dnnl.h>
#include <omp.h>
#endif

// Only OpenBLAS has it.
extern "C" void openblas_set_num_threads(int) __attribute__((weak));

namespace xgrad::benchmark {
namespace {

void blas_sgemm(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int stride_a,
                const float* b, int stride_b, float* c, int stride_c) {
  static const bool has_one_thread = [] {
    if (openblas_set_num_threads) openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(has_one_thread);
  cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans, rows,
              columns, inner, 1, a, stride_a, b, stride_b, 0, c, stride_c);
}

#ifdef XGRAD_BENCHMARK_ONEDNN
void onednn_sgemm(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int stride_a,
                  const float* b, int stride_b, float* c, int stride_c) {
  thread_local const bool has_one_thread = [] {
    omp_set_num_threads(1);
    return true;
  }();
  static_cast<void>(has_one_thread);
  dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', rows, columns, inner, 1, a, stride_a, b, stride_b, 0, c,
             stride_c);
}
#endif

}  // namespace

std::span<const SgemmLibrary> sgemm_libraries() {
  static const std::array libraries{
      SgemmLibrary{"OpenBLAS", blas_sgemm, 524'288},
#ifdef XGRAD_BENCHMARK_ONEDNN
      SgemmLibrary{"oneDNN", onednn_sgemm, 131'072},
#endif
  };
  return libraries;
}

}  // namespace xgrad::benchmark
