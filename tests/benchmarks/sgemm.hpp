#pragma once

#ifdef XGRAD_USE_ONEDNN
#include <dnnl.h>
#include <omp.h>
#else
#include <cblas.h>
#endif

#include <cstddef>

namespace xgrad::benchmark {

/// How many elements of a weight gradient one call computes at most, to be updated while they are in cache: the best
/// seen for each backend. OpenBLAS rearranges the other operand in every call, which smaller tiles would repeat too
/// often.
#ifdef XGRAD_USE_ONEDNN
inline constexpr std::size_t largest_tile = 131'072;
#else
inline constexpr std::size_t largest_tile = 524'288;
#endif

/// c = op(a) op(b), row by row: c has `rows` x `columns` elements, op transposes where asked, `inner` is what is summed
/// over and the strides are those of the arrays as they are stored. One thread; the backend is the one of xgrad itself.
inline void sgemm(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int stride_a,
                  const float* b, int stride_b, float* c, int stride_c) {
#ifdef XGRAD_USE_ONEDNN
  static thread_local const bool one_thread = (omp_set_num_threads(1), true);
  static_cast<void>(one_thread);
  dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', rows, columns, inner, 1, a, stride_a, b, stride_b, 0, c,
             stride_c);
#else
  static const bool one_thread = (openblas_set_num_threads(1), true);
  static_cast<void>(one_thread);
  cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans, rows,
              columns, inner, 1, a, stride_a, b, stride_b, 0, c, stride_c);
#endif
}

}  // namespace xgrad::benchmark
