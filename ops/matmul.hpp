#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>

namespace xgrad {

/// Product of matrices, one for each index of the leading axes, which broadcast: (b, m, k) x (b, k, n) -> (b, m, n),
/// (m, k) x (h, k, n) -> (h, m, n). A vector on the left is a row, on the right a column, and its axis is gone from the
/// result, all as in NumPy. Both have one floating-point dtype. A transpose of the last two axes of an operand costs
/// nothing. By a matrix or a vector on the right it is one product of two matrices, whatever the axes on the left.
Tensor matmul(const Tensor& left, const Tensor& right);

/// Throws DTypeError, with `where` as its first word, unless both sides have one floating-point dtype.
void expect_one_floating_dtype(std::string_view where, const Tensor& left, const Tensor& right);

/// Throws ShapeError, with `where` as its first word, unless the last axis of the left has the size of the last but one
/// of the right, or of its only one.
void expect_inner_sizes(std::string_view where, const Tensor& left, const Tensor& right);

/// x with its last two axes swapped: the transpose of each matrix. Throws ShapeError, with `where` as its first word,
/// below two axes.
Tensor matrix_transpose(std::string_view where, const Tensor& x);

}  // namespace xgrad
