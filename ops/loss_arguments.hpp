#pragma once

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/tensor.hpp>
#include <xgrad/ops/maximum.hpp>

#include <string>
#include <string_view>

namespace xgrad {

/// How the crossentropies read a prediction.
struct CrossentropyOptions {
  bool from_logits = false;  ///< the prediction is what would go into softmax or sigmoid, not a probability
};

/// What every loss asks of its arguments: a target and a prediction of one type, with a last axis to reduce. Throws
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
}

/// A probability within [1e-7, 1 - 1e-7], as Keras keeps them, so that its logarithm and that of its complement are
/// finite.
inline Tensor clip_probability(const Tensor& probability) {
  constexpr double epsilon = 1e-7;
  return minimum(maximum(probability, epsilon), 1 - epsilon);
}

}  // namespace xgrad
