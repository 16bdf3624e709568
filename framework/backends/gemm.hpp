#pragma once

#include <xgrad/framework/backends/matrix_view.hpp>

namespace xgrad {

/// result = left * right, for any strides. One thread; calls from several threads are fine. `result` overlaps neither
/// operand. By `ordered_gemm`, unless another library was configured. Throws ShapeError when the sizes do not fit.
void gemm(const MatrixView<const float>& left, const MatrixView<const float>& right, const MatrixView<float>& result);
void gemm(const MatrixView<const double>& left, const MatrixView<const double>& right,
          const MatrixView<double>& result);

}  // namespace xgrad
