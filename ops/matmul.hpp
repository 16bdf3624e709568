#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>

namespace xgrad {

/// Product of matrices, one for each index of the leading axes, which broadcast: (b, m, k) x (b, k, n) -> (b, m, n),
/// (m, k) x (h, k, n) -> (h, m, n). A vector on the left is a row, on the right a column, and its axis is gone from the
/// result, all as in NumPy. Both have one floating-point dtype. A transpose of the last two axes of an operand costs
/// nothing. With a matrix or a vector on the right this is `dot`.
Tensor matmul(const Tensor& left, const Tensor& right);

/// x with its last two axes swapped: the transpose of each matrix. Throws ShapeError, with `where` as its first word,
/// below two axes.
Tensor matrix_transpose(std::string_view where, const Tensor& x);

}  // namespace xgrad
