#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>
#include <vector>

namespace xgrad {

/// Sums products of elements as NumPy's einsum says: einsum("bij,bjk->bik", {x, y}). One letter for each axis; letters
/// that the result lacks are summed, a letter twice in one operand takes its diagonal. "..." stands for further axes,
/// which broadcast; so do axes of size 1. Without "->" the result has what "..." stands for, then the letters that
/// occur once, in alphabetical order. As in PyTorch, "..." that the result lacks is summed. Operands of one
/// floating-point dtype are multiplied from left to right, as matrices where that is possible. Throws ValueError for
/// subscripts that cannot be read or do not fit the number of operands, ShapeError where they do not fit the shapes.
Tensor einsum(std::string_view subscripts, const std::vector<Tensor>& operands);

}  // namespace xgrad
