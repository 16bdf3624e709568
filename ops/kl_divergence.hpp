#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Kullback and Leibler's divergence, sum(target * log(target / prediction)) over the last axis: one value for each
/// sample. Target and prediction are distributions of one shape and one floating-point dtype; a class of target 0 adds
/// nothing, to the value as to the gradient of the target. A prediction made by `softmax` is read through its logits,
/// without underflow; any other is kept within [1e-7, 1 - 1e-7].
Tensor kl_divergence(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
