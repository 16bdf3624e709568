#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>
#include <vector>

namespace xgrad {

/// Einstein's summation, as NumPy's einsum: each letter of the expression names an axis, and what the result does not
/// name is summed over. "ij,jk->ik" is a product of matrices, "bij,bjk->bik" one of stacks, "ii->i" a diagonal,
/// "...ij->...ji" a transpose; without an arrow the result has the letters that stand once, in alphabetical order. Axes
/// of size 1 broadcast. All operands have one floating-point dtype. More than two operands are contracted two at a
/// time, each time those that leave the least behind, as with NumPy's optimize="greedy", and each pair by one matmul
/// where something is summed. Throws ValueError for an expression that cannot be read and ShapeError for operands that
/// do not fit it; an axis of a diagonal must have a known size.
Tensor einsum(std::string_view expression, const std::vector<Tensor>& operands);

}  // namespace xgrad
