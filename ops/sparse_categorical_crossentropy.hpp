#pragma once

#include <xgrad/ops/loss_arguments.hpp>

namespace xgrad {

/// `categorical_crossentropy` for integer labels: target (batch,) or (batch, 1) and prediction (batch, classes) give
/// (batch,). A label outside 0 ... classes - 1 cannot be seen while the graph is built; such a sample gets loss 0 and
/// no gradient.
Tensor sparse_categorical_crossentropy(const Tensor& target, const Tensor& prediction);
Tensor sparse_categorical_crossentropy(const Tensor& target, const Tensor& prediction,
                                       const CrossentropyOptions& options);

}  // namespace xgrad
