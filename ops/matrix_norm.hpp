#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>

namespace xgrad {

/// A norm of each matrix in the last two axes, as numpy.linalg.norm: "fro" is Frobenius's, the root of the sum of
/// squares, and "nuc" the nuclear one, the sum of singular values. With `keepdims` the two axes stay as sizes of 1.
/// Floating point. "fro" has the derivative 0 at the zero matrix, "nuc" one of its subgradients at a singular one.
/// Throws ValueError for another kind, ShapeError below two axes and, of "nuc", when the size of the matrices is a
/// symbol.
Tensor matrix_norm(const Tensor& x, std::string_view kind = "fro", bool keepdims = false);

/// The same by number: 1 and -1 are the largest and the smallest sum of |x| along a column, infinity and -infinity
/// along a row, 2 and -2 the largest and the smallest singular value. What shares a maximum or minimum shares its
/// cotangent evenly, as in PyTorch. Throws ValueError for another number, ShapeError also over an axis known to be
/// empty and, for 2 and -2, when the size of the matrices is a symbol.
Tensor matrix_norm(const Tensor& x, double order, bool keepdims = false);

}  // namespace xgrad
