#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>

namespace xgrad {

/// How `ctc` reads its arguments.
struct CtcOptions {
  std::int64_t blank = 0;  ///< the class that stands for no label
};

/// Connectionist temporal classification: -log of the probability that the predictions of a sequence, one after the
/// other, spell its labels when repetitions are merged and blanks dropped. One value for each sequence.
///
/// Target: integer labels (batch, labels), of which the first `target_lengths[i]` count. Prediction: logits, or
/// log-probabilities, (batch, steps, classes), of which the first `prediction_lengths[i]` steps count. Lengths are
/// integers (batch,), kept within what there is. The sizes of steps, classes and labels must be known.
///
/// Where no alignment exists, because there are more labels than steps or a label is no class, the loss is infinite and
/// its gradient is 0. Computed with logarithms in float64 for both dtypes; differentiable twice. Throws ShapeError,
/// DTypeError or, for a blank that is no class, ValueError. Source: Graves et al., "Connectionist Temporal
/// Classification", 2006.
Tensor ctc(const Tensor& target, const Tensor& prediction, const Tensor& prediction_lengths,
           const Tensor& target_lengths, const CtcOptions& options = {});

}  // namespace xgrad
