#pragma once

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/maximum.hpp>

#include <string>
#include <string_view>

namespace xgrad {

/// How the crossentropies read a prediction.
struct CrossentropyOptions {
  bool from_logits = false;    ///< the prediction is what would go into softmax or sigmoid, not a probability
  double label_smoothing = 0;  ///< the share of each target, from 0 to 1, that is spread evenly over the classes
};

/// What every loss asks of its arguments: a target and a prediction of one floating-point type, with a last axis to
/// reduce. Throws
/// ShapeError or DTypeError with the loss as its first word.
inline void expect_alike(std::string_view loss, const Tensor& target, const Tensor& prediction) {
  const std::string where(loss);
  if (!(target.shape() == prediction.shape())) {
    throw ShapeError(where + ": target shape " + target.shape().to_string() + " and prediction shape " +
                     prediction.shape().to_string() + " differ; give the target the shape of the model's output");
  }
  if (prediction.rank() == 0) {
    throw ShapeError(where +
                     ": expected at least one axis, the values of a sample, but got scalars; reshape to (n, 1)");
  }
  if (target.dtype() != prediction.dtype()) {
    throw DTypeError(where + ": target dtype " + std::string(to_string(target.dtype())) + " and prediction dtype " +
                     std::string(to_string(prediction.dtype())) + " differ; cast the target, cast(target, DType::" +
                     std::string(to_string(prediction.dtype())) + ")");
  }
  expect_floating(loss, prediction.dtype());
}

/// `label_smoothing` of the options. Throws ValueError, with `loss` as its first word, unless it is in [0, 1].
inline double expect_smoothing(std::string_view loss, const CrossentropyOptions& options) {
  if (options.label_smoothing >= 0 && options.label_smoothing <= 1) return options.label_smoothing;
  throw ValueError(std::string(loss) + ": expected a label_smoothing from 0 to 1, but got " +
                   std::to_string(options.label_smoothing));
}

/// A probability within [1e-7, 1 - 1e-7], as Keras keeps them, so that its logarithm and that of its complement are
/// finite.
inline Tensor clip_probability(const Tensor& probability) {
  constexpr double epsilon = 1e-7;
  return minimum(maximum(probability, epsilon), 1 - epsilon);
}

}  // namespace xgrad
