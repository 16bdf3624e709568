#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// 1 for each prediction that is right and 0 for each that is wrong, as float32: their mean is the accuracy.

/// The one of the three below that fits: binary when the prediction's last axis has size 1, or when it is of the
/// target's shape and comes from `sigmoid`, one probability for each label and no distribution over classes;
/// categorical for any other prediction of the target's shape, else sparse.
Tensor accuracy(const Tensor& target, const Tensor& prediction);

/// (..., n) and (..., n) -> (..., n): whether a probability is above 0.5 exactly where the target is 1.
Tensor binary_accuracy(const Tensor& target, const Tensor& prediction);

/// (..., classes) and (..., classes) -> (...): whether the largest element is at the same place. The first of equal
/// ones counts.
Tensor categorical_accuracy(const Tensor& target, const Tensor& prediction);

/// (...) of integers and (..., classes) -> (...): whether the largest element is at the place the label says.
Tensor sparse_categorical_accuracy(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
