#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The angle in [-pi, pi] between the positive x axis and the point (x, y), element by element, with NumPy
/// broadcasting; the signs of zeros and infinities count as in C's atan2. Both have one floating-point dtype. The
/// derivatives at (0, 0) are 0, as in PyTorch.
Tensor arctan2(const Tensor& y, const Tensor& x);
Tensor arctan2(const Tensor& y, double x);

}  // namespace xgrad
