#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x with `value` where the boolean mask, which broadcasts to x, holds; no gradient flows there. Throws DTypeError when
/// the dtype of x cannot hold the value or the mask is not boolean, ShapeError when the mask does not broadcast to x.
Tensor masked_fill(const Tensor& x, const Tensor& mask, Number value);

}  // namespace xgrad
