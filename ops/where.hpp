#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where the boolean condition holds, else y, element by element, with NumPy broadcasting of all three. x and y have
/// one dtype. The side that is not taken gets no gradient, nor do the operands of elementwise operators that made it,
/// whatever their slopes are: where(greater(x, 0), sqrt(x), x) has the gradient 1 at negative x. Behind operators of
/// other kinds, keep the side that is not taken finite: see "Sides that are not taken" in docs/differentiation.md.
Tensor where(const Tensor& condition, const Tensor& x, const Tensor& y);

}  // namespace xgrad
