#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// Division with a remainder, element by element, with NumPy broadcasting. Both sides have one numeric dtype. As in
// NumPy, what integers give for a divisor of 0 is 0, and floating-point numbers what IEEE 754 says.

/// What is left of the dividend, with the divisor's sign: dividend - divisor * floor_divide(dividend, divisor), the %
/// of Python. The derivative with respect to the divisor is -floor(dividend / divisor), as in PyTorch.
Tensor remainder(const Tensor& dividend, const Tensor& divisor);
Tensor remainder(const Tensor& dividend, Number divisor);

/// What is left of the dividend, with its own sign: C's fmod. The derivative with respect to the divisor is
/// -trunc(dividend / divisor), as in PyTorch.
Tensor fmod(const Tensor& dividend, const Tensor& divisor);
Tensor fmod(const Tensor& dividend, Number divisor);

/// floor(dividend / divisor), the // of Python. The smallest integer divided by -1 stays what it is, as in NumPy. The
/// gradient is 0 everywhere.
Tensor floor_divide(const Tensor& dividend, const Tensor& divisor);
Tensor floor_divide(const Tensor& dividend, Number divisor);

}  // namespace xgrad
