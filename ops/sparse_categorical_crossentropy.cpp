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

#include <cmath>

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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Array target, Extents shape, auto build) {
            samples.push_back({std::move(label), {std::move(target), sample_values(shape, 0.1, 1)}, std::move(build)});
          };
          const auto plain = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1]); };
          const auto logits = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true}); };
          const xt::xarray<int> labels{2, 0, 3};
          add("probabilities", labels, {3, 4}, plain);
          add("column of labels", Array(xt::xarray<std::uint8_t>{2, 0, 3}).reshaped({3, 1}), {3, 4}, plain);
          add("three axes", xt::xarray<int>{{2, 0, 1}, {3, 1, 0}}, {2, 3, 4}, plain);
          add("from logits", labels, {3, 4}, logits);
          add("of softmax", labels, {3, 4},
              [](auto x) { return sparse_categorical_crossentropy(x[0], softmax(x[1])); });
          add("out of range", xt::xarray<int>{-1, 4, 1}, {3, 4}, logits);
          add("label smoothing", xt::xarray<int>{-1, 2, 1}, {3, 4}, [](auto x) {
            return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true, .label_smoothing = 0.3});
          });
          samples.back().arguments = {{"label_smoothing", {0.3}}};
          add("one element", 0, {1}, logits);
          add("no samples", Array(DType::int64, {0}), {0, 4}, plain);
          return samples;
        },
    .rejections =
        [] {
          const auto of = [](DType dtype, Shape target, Shape prediction) {
            return [=] { sparse_categorical_crossentropy(input(target, {}, dtype), input(prediction)); };
          };
          return std::vector<Rejection>{
              {"labels that are no integers", of(DType::float32, {batch}, {batch, 10}),
               "sparse_categorical_crossentropy: expected integer labels, but got float32"},
              {"one-hot targets", of(DType::int32, {batch, 10}, {batch, 10}),
               "sparse_categorical_crossentropy: target shape (batch, 10) and prediction shape (batch, 10) do not fit"},
              {"a scalar prediction", of(DType::int32, {}, {}), "target shape () and prediction shape () do not fit"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({0}).cast(DType::int64), special_array({2, -INFINITY, 1}, {1, 3})},
               .value = {0.31326168751822286},
               .arguments = "{.from_logits = true}",
               .build = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1], {.from_logits = true}); }},
              {.inputs = {special_array({1}).cast(DType::int64), special_array({1, 0}, {1, 2})},
               .value = {16.11809565095832},
               .build = [](auto x) { return sparse_categorical_crossentropy(x[0], x[1]); }}};
        },
}};

}  // namespace xgrad
