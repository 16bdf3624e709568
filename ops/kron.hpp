#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Kronecker's product: left with each element replaced by that element times right. Sizes multiply axis by axis, where
/// the side of fewer axes gets leading ones of size 1: (a, b) and (c, d) -> (a*c, b*d). Both have one numeric dtype.
Tensor kron(const Tensor& left, const Tensor& right);

}  // namespace xgrad
