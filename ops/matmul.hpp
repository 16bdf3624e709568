#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>

namespace xgrad {

/// Product of matrices, one for each index of the leading axes, which broadcast: (b, m, k) x (b, k, n) -> (b, m, n),
/// (m, k) x (h, k, n) -> (h, m, n). A vector on the left is a row, on the right a column, and its axis is gone from the
/// result, all as in NumPy. Both have one floating-point dtype. A transpose of the last two axes of an operand costs
/// nothing. By a matrix or a vector on the right it is one product of two matrices, whatever the axes on the left.
Tensor matmul(const Tensor& left, const Tensor& right);

/// What a factor of 0 means in a product of matrices.
enum class ZeroFactors {
  multiply,             ///< 0 times infinity is NaN
  choose_in_gradients,  ///< the same, but in the products that gradients are made of, they choose
  choose,               ///< nothing of the other factor, whatever it is, here and in gradients
};

/// `matmul` for operands in which zeros may be choices. Costs another look at the result.
Tensor matmul(const Tensor& left, const Tensor& right, ZeroFactors zeros);

/// Throws DTypeError, with `where` as its first word, unless both sides have one floating-point dtype.
void expect_one_floating_dtype(std::string_view where, const Tensor& left, const Tensor& right);

/// Throws ShapeError, with `where` as its first word, unless the last axis of the left has the size of the last but one
/// of the right, or of its only one.
void expect_inner_sizes(std::string_view where, const Tensor& left, const Tensor& right);

/// x with its last two axes swapped: the transpose of each matrix. Throws ShapeError, with `where` as its first word,
/// below two axes.
Tensor matrix_transpose(std::string_view where, const Tensor& x);

}  // namespace xgrad
