#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// base raised to exponent, element by element, with NumPy broadcasting, as C's pow: 0^0 is 1, and a negative base with
/// a fractional exponent is not a number. Both have one floating-point dtype. At base 0 the derivative with respect to
/// the base is what it is for polynomials (0 for x^2 and for x^0), and the one with respect to an exponent >= 0 is 0,
/// as in PyTorch.
Tensor power(const Tensor& base, const Tensor& exponent);

/// As above; the number takes the dtype of the tensor. Differentiable at negative bases too.
Tensor power(const Tensor& base, double exponent);

}  // namespace xgrad
