#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The angle in [-pi/2, pi/2] whose sine is x, element by element; not a number outside of [-1, 1]. The derivative at
/// -1 and 1 is infinity. Floating point.
Tensor arcsin(const Tensor& x);

/// The angle in [0, pi] whose cosine is x, element by element; not a number outside of [-1, 1]. The derivative at -1
/// and 1 is -infinity. Floating point.
Tensor arccos(const Tensor& x);

/// The angle in (-pi/2, pi/2) whose tangent is x, element by element. Floating point.
Tensor arctan(const Tensor& x);

}  // namespace xgrad
