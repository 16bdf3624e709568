#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/one_hot.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>
#include <xgrad/ops/sum.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// The labels in the shape of the prediction without its last axis.
Tensor labels_of(const Tensor& target, const Tensor& prediction) {
  if (!is_integer(target.dtype())) {
    throw DTypeError(
        fmt::format("sparse_categorical_crossentropy: expected integer labels, but got {}; cast them, "
                    "cast(target, DType::int64), or use categorical_crossentropy for one-hot targets",
                    to_string(target.dtype())));
  }
  if (prediction.rank() > 0) {
    const Shape samples(std::vector<Dim>(prediction.shape().begin(), prediction.shape().end() - 1));
    if (target.shape() == samples) return target;
    auto column = samples.dims();
    column.emplace_back(1);
    if (target.shape() == Shape(column)) return reshape(target, samples);
  }
  throw ShapeError(
      fmt::format("sparse_categorical_crossentropy: target shape {} and prediction shape {} do not fit; give "
                  "one integer label for each sample and predictions of shape (..., classes)",
                  target.shape().to_string(), prediction.shape().to_string()));
}

}  // namespace

Tensor sparse_categorical_crossentropy(const Tensor& target, const Tensor& prediction) {
  return sparse_categorical_crossentropy(target, prediction, {});
}

Tensor sparse_categorical_crossentropy(const Tensor& target, const Tensor& prediction,
                                       const CrossentropyOptions& options) {
  const auto labels = labels_of(target, prediction);
  const auto classes = prediction.shape()[prediction.rank() - 1].value();
  const auto target_classes = one_hot(labels, classes, prediction.dtype());
  const double smoothing = expect_smoothing("sparse_categorical_crossentropy", options);
  if (smoothing == 0) return categorical_crossentropy(target_classes, prediction, options);
  // Not by categorical_crossentropy, which would spread the share of a label out of range as well.
  const auto spread = sum(target_classes, -1, true) * (smoothing / static_cast<double>(classes));
  return categorical_crossentropy(target_classes * (1 - smoothing) + spread, prediction,
                                  {.from_logits = options.from_logits});
}

static const Register registered_sparse_categorical_crossentropy{{
    .name = "sparse_categorical_crossentropy",
    .family = OperatorFamily::loss,
    .signature = "sparse_categorical_crossentropy(target, prediction, {.from_logits = false, .label_smoothing = 0})",
    .summary = "Crossentropy of integer labels, for each sample; 0 for a label out of range.",
    .formula = "-log(prediction[target])",
    .gradient = "from logits: c * (softmax(prediction) - one_hot(target)) for prediction",
    .shapes = "target (...) or (..., 1), prediction (..., classes): (...)",
}};

}  // namespace xgrad
