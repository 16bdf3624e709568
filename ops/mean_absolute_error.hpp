#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Mean of |prediction - target| over the last axis: one value for each sample. Both have one shape and one
/// floating-point dtype. The derivative is 0 where they are equal.
Tensor mean_absolute_error(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
