#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x where the boolean condition holds, else y, element by element, with NumPy broadcasting of all three. x and y have
/// one dtype. The side that is not taken gets no gradient, but it is computed: keep both sides finite where they are
/// differentiated.
Tensor where(const Tensor& condition, const Tensor& x, const Tensor& y);

}  // namespace xgrad
