#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/check_arrays.hpp>
#include <xgrad/models/training/pass.hpp>
#include <xgrad/models/training/progress_bar.hpp>
#include <xgrad/models/training/sequential.hpp>
#include <xgrad/models/training/summary.hpp>

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace xgrad {

Sequential::Sequential(std::initializer_list<Layer> layers) : Sequential(layers, ModelOptions{}) {}

Sequential::Sequential(std::initializer_list<Layer> layers, const ModelOptions& options) : layers_(options.seed) {
  std::vector<std::string> names;
  for (const auto& layer : layers) names.push_back(layer.name());
  for (const auto& layer : layers) layers_.add(layer, names);
}

Sequential Sequential::clone() const {
  const ModelUse::Reading reading(use(), "clone");
  Sequential copy;
  copy.layers_ = layers_.clone();
  return copy;
}

void Sequential::add(Layer layer) {
  use();
  const ModelUse::Changing changing(use_, "add");
  layers_.add(std::move(layer));
  compiled_.reset();
  predict_.reset();
}

void Sequential::compile(const CompileOptions& options) {
  use();
  const ModelUse::Changing changing(use_, "compile");
  compiled_ = std::make_shared<CompiledModel>(layers_, options);
}

Evaluation Sequential::evaluate(const ArrayRef& x, const ArrayRef& y, const EvaluateOptions& options) {
  const ModelUse::Reading reading(use(), "evaluate");
  auto& model = *expect_compiled("evaluate");
  check_batch_size("evaluate", options.batch_size);
  check_data(x, y);

  auto batches = model.test().batches(std::array{x, y}, 0, x.shape()[0], options.batch_size);
  Logs means = model.logs();
  std::optional<ProgressBar> bar;
  if (options.verbose > 0) bar.emplace(batches.samples(), ProgressOptions{});
  run_pass(model.test(), batches, means, [&](std::int64_t batch, double) {
    if (bar) bar->update((batch + 1) * batches.batch_size(), {});
  });
  if (bar) bar->finish({});
  return Evaluation(std::move(means));
}

Array Sequential::predict(const ArrayRef& x, const PredictOptions& options) {
  const ModelUse::Reading reading(use(), "predict");
  check_batch_size("predict", options.batch_size);
  check_input(x, input());
  {
    const std::scoped_lock lock(use().mutex());
    if (!predict_) predict_.emplace(BatchAccess::rows, std::vector{input()}, std::vector{output()});
  }

  auto batches = predict_->batches(std::array{x}, 0, x.shape()[0], options.batch_size);
  Function& step = predict_->compiled_for(batches);
  Shape shape = output().shape();
  shape[0] = batches.samples();
  Array result(output().dtype(), shape.extents());
  auto* destination = result.bytes().data();
  std::vector<Array> outputs(1);
  for (std::int64_t batch = 0; batch < batches.count(); ++batch) {
    step.run(batches.arguments(batch), outputs);
    const auto rows = std::as_const(outputs.front()).bytes();
    std::memcpy(destination, rows.data(), rows.size());
    destination += rows.size();
  }
  return result;
}

std::string Sequential::summary() const { return xgrad::summary(layers()); }

std::vector<Tensor> Sequential::weights() const {
  std::vector<Tensor> tensors;
  for (const auto& weight : layers().weights()) tensors.push_back(weight.tensor);
  return tensors;
}

ModelUse& Sequential::use() const {
  if (use_) return *use_;
  throw StateError(
      "Sequential: expected a model, but this one was moved from; use the one it was moved to, or assign it another");
}

const LayerStack& Sequential::layers() const {
  use();
  return layers_;
}

std::shared_ptr<CompiledModel> Sequential::expect_compiled(std::string_view method) const {
  use();
  if (compiled_) return compiled_;
  throw StateError(
      fmt::format("Sequential::{}: expected a model that was compiled; call model.compile({{.optimizer = ..., .loss "
                  "= ...}}) before",
                  method));
}

void Sequential::check_data(const ArrayRef& x, const ArrayRef& y) const {
  check_input(x, input());
  check_target(y, compiled_->loss(), output(), layers_.entries().back().state.name);
  check_sample_counts(x, y);
}

}  // namespace xgrad
