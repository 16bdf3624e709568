#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// All products of an element of left and one of right, both read in row-major order: n and m elements give (n, m).
Tensor outer(const Tensor& left, const Tensor& right);

/// The Kronecker product: every element of left replaced by itself times right. Sizes multiply along each axis, the
/// side with fewer axes gets leading ones of size 1.
Tensor kron(const Tensor& left, const Tensor& right);

}  // namespace xgrad
