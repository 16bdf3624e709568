#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

// Losses of margins: one value for each sample. Target and prediction have one shape and one floating-point dtype. The
// derivative is 0 where a margin is just kept.

/// Mean of max(1 - target * prediction, 0) over the last axis, for targets -1 and 1.
Tensor hinge(const Tensor& target, const Tensor& prediction);

/// Mean of max(1 - target * prediction, 0)^2 over the last axis, for targets -1 and 1.
Tensor squared_hinge(const Tensor& target, const Tensor& prediction);

/// max(1 + largest prediction of a wrong class - prediction of the right class, 0) for one-hot targets: as in Keras,
/// max(1 + max((1 - target) * prediction) - sum(target * prediction), 0), where the right class counts as a wrong one
/// of prediction 0.
Tensor categorical_hinge(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
