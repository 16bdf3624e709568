#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Mean of (prediction - target)^2 over the last axis: one value for each sample. Both have one shape and one
/// floating-point dtype.
Tensor mean_squared_error(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
