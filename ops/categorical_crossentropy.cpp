#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sum.hpp>

namespace xgrad {
namespace {

Tensor log_probabilities(const Tensor& prediction, const CrossentropyOptions& options) {
  if (options.from_logits) return log_softmax(prediction);
  if (const auto softmax = softmax_of(prediction); softmax && softmax->axis + 1 == prediction.rank()) {
    return log_softmax(softmax->logits);
  }
  return log(clip_probability(prediction / sum(prediction, -1, true)));
}

}  // namespace

Tensor categorical_crossentropy(const Tensor& target, const Tensor& prediction) {
  return categorical_crossentropy(target, prediction, {});
}

Tensor categorical_crossentropy(const Tensor& target, const Tensor& prediction, const CrossentropyOptions& options) {
  expect_alike("categorical_crossentropy", target, prediction);
  const auto log_prediction = log_probabilities(prediction, options);
  const double smoothing = expect_smoothing("categorical_crossentropy", options);
  if (smoothing == 0) return -sum(multiply_no_nan(log_prediction, target), -1);
  const auto classes = static_cast<double>(prediction.shape()[prediction.rank() - 1].value());
  return -sum(multiply_no_nan(log_prediction, target * (1 - smoothing) + smoothing / classes), -1);
}

static const Register registered_categorical_crossentropy{{
    .name = "categorical_crossentropy",
    .family = OperatorFamily::loss,
    .signature = "categorical_crossentropy(target, prediction, {.from_logits = false, .label_smoothing = 0})",
    .summary = "Crossentropy of distributions over classes, for each sample.",
    .formula = "-sum(target * log(prediction)), with prediction scaled to sum to 1 and kept within [1e-7, 1 - 1e-7]; a "
               "class of target 0 adds 0, also for a logit of -inf",
    .gradient = "from logits: c * (softmax(prediction) * sum(target) - target) for prediction",
    .shapes = "target and prediction (..., classes): (...)",
}};

}  // namespace xgrad
