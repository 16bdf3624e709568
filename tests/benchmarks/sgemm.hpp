#pragma once

#include <xgrad/framework/backends/gemm_backend.hpp>

#include <cstddef>

namespace xgrad::benchmark {

/// How many elements of a weight gradient one call computes at most, to be updated while they are in cache: the best
/// seen for each backend. OpenBLAS rearranges the other operand in every call, which smaller tiles would repeat too
/// often.
inline std::size_t largest_tile() { return gemm_backends().front().name == "oneDNN" ? 131'072 : 524'288; }

/// c = op(a) op(b), row by row: c has `rows` x `columns` elements, op transposes where asked, `inner` is what is summed
/// over and the strides are those of the arrays as they are stored. One thread; the backend is the one of xgrad itself.
inline void sgemm(bool transpose_a, bool transpose_b, int rows, int columns, int inner, const float* a, int stride_a,
                  const float* b, int stride_b, float* c, int stride_c) {
  gemm({a, transpose_a ? inner : rows, transpose_a ? rows : inner, stride_a, transpose_a},
       {b, transpose_b ? columns : inner, transpose_b ? inner : columns, stride_b, transpose_b},
       MatrixView<float>{c, rows, columns, stride_c});
}

}  // namespace xgrad::benchmark
