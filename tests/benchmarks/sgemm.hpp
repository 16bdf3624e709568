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
  const auto stored = [](bool transpose, const float* data, int height, int width, int stride) {
    const MatrixView<const float> matrix{data, transpose ? width : height, transpose ? height : width, stride};
    return transpose ? matrix.transposed() : matrix;
  };
  gemm(stored(transpose_a, a, rows, inner, stride_a), stored(transpose_b, b, inner, columns, stride_b),
       MatrixView<float>{c, rows, columns, stride_c});
}

}  // namespace xgrad::benchmark
