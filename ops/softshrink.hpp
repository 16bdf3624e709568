#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x moved towards 0 by `distance`, 0.5 unless given, and 0 where |x| is no larger, element by element. The derivative
/// is 0 where |x| is the distance, as in PyTorch. Floating point. Throws ValueError when the distance is negative.
Tensor softshrink(const Tensor& x);
Tensor softshrink(const Tensor& x, double distance);

/// x where |x| is above `distance`, 0.5 unless given, else 0, element by element. The derivative is 0 where |x| is the
/// distance, as in PyTorch. Floating point. Throws ValueError when the distance is negative.
Tensor hardshrink(const Tensor& x);
Tensor hardshrink(const Tensor& x, double distance);

/// x - tanh(x), element by element. Floating point.
Tensor tanhshrink(const Tensor& x);

}  // namespace xgrad
