#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// Each matrix in the last two axes multiplied by itself until it is a factor `exponent` times; the identity for 0,
/// powers of `inv` for negative exponents. Throws ShapeError unless the matrices are square, and for exponent 0 when
/// their size is a symbol, DTypeError unless x is of floating point.
Tensor matrix_power(const Tensor& x, std::int64_t exponent);

}  // namespace xgrad
