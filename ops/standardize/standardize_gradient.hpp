#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// scale * (c - mean(c) - n * mean(c * n)) along the last axis, in one pass over the rows: the cotangent of what was
/// standardized, from the cotangent c of the standardized rows n. n has the shape of c, and scale, one over the
/// standard deviation, the same with a last axis of 1.
Tensor standardize_gradient(const Tensor& cotangent, const Tensor& standardized, const Tensor& scale);

}  // namespace xgrad
