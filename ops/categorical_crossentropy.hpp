#pragma once

#include <xgrad/ops/loss_arguments.hpp>

namespace xgrad {

/// -sum(target * log(prediction)) over the last axis: one value for each sample. Target and prediction are
/// distributions over classes of one shape, (batch, classes), and one floating-point dtype. A prediction made by
/// `softmax` is read through its logits, exactly and without overflow; any other is scaled to sum to 1 and kept within
/// [1e-7, 1 - 1e-7], as in Keras. Label smoothing s makes each target (1 - s) * target + s / classes.
Tensor categorical_crossentropy(const Tensor& target, const Tensor& prediction);
Tensor categorical_crossentropy(const Tensor& target, const Tensor& prediction, const CrossentropyOptions& options);

}  // namespace xgrad
