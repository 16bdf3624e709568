#pragma once

#include <xgrad/ops/loss_arguments.hpp>

namespace xgrad {

/// Mean of -(target * log(prediction) + (1 - target) * log(1 - prediction)) over the last axis: one value for each
/// sample. Target and prediction are probabilities of one shape and one floating-point dtype. A prediction made by
/// `sigmoid` is read through its logits, exactly and without overflow; any other is kept within [1e-7, 1 - 1e-7], as in
/// Keras. Label smoothing s makes each target (1 - s) * target + s / 2.
Tensor binary_crossentropy(const Tensor& target, const Tensor& prediction);
Tensor binary_crossentropy(const Tensor& target, const Tensor& prediction, const CrossentropyOptions& options);

}  // namespace xgrad
