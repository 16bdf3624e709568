#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// The negative cosine of the angle between target and prediction along the last axis: one value for each sample, -1
/// for the same direction and 1 for opposite ones, as Keras' loss. Both have one shape and one floating-point dtype. 0
/// where one of them is zero; no size of the others overflows.
Tensor cosine_similarity(const Tensor& target, const Tensor& prediction);

}  // namespace xgrad
