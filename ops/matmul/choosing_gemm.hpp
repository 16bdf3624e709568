#pragma once

#include <xgrad/framework/backends/matrix_view.hpp>

namespace xgrad {

/// Makes of `result`, which is left * right, what it is when a factor of 0 leaves nothing of the other one: that is
/// different where infinities or NaN meet zeros. Every other element keeps its bits. Reads the result alone where that
/// is finite.
void choose_by_zeros(const MatrixView<const float>& left, const MatrixView<const float>& right,
                     const MatrixView<float>& result);
void choose_by_zeros(const MatrixView<const double>& left, const MatrixView<const double>& right,
                     const MatrixView<double>& result);

}  // namespace xgrad
