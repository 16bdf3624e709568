#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// Adds a last axis of size `classes` that is 1 at the index and 0 elsewhere: (batch,) -> (batch, classes). Indices are
/// integers; one that is negative or not below `classes` gives zeros only, as in TensorFlow. Throws ValueError when
/// `classes` is below 1.
Tensor one_hot(const Tensor& indices, std::int64_t classes, DType dtype = DType::float32);

}  // namespace xgrad
