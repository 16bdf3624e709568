#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <string_view>

namespace xgrad {

/// x as another dtype, converted as C++ converts numbers: fractions are cut off, and bool is whether x differs from 0.
/// A number that the dtype cannot hold becomes an unspecified one, as in NumPy. Differentiable from floating point to
/// floating point.
Tensor cast(const Tensor& x, DType dtype);

/// x as it is added up and multiplied: integers and booleans as int64, floating point as it is. NumPy, PyTorch and JAX
/// widen alike.
Tensor widened(const Tensor& x);

/// A number as a scalar of the dtype of `like`. Throws DTypeError, with `where` as its first word, when that dtype
/// cannot hold it: 0.5 beside an int32 tensor, 2^63 beside an int64 one.
Tensor number_like(std::string_view where, Number number, const Tensor& like);

/// Throws DTypeError, with `where` as its first word, unless `dtype` is a floating-point one.
void expect_floating(std::string_view where, DType dtype);

}  // namespace xgrad
