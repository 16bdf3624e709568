#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/check_training.hpp>
#include <xgrad/models/training/compiled_model.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mean.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

Tensor make_target(const LayerStack& layers, const Loss& loss) {
  const auto type = loss.target_type(layers.output().type());
  return input(type.shape, layers.entries().back().state.name + "_target", type.dtype);
}

/// The name of a metric, and for one without a name "metric", or "metric_2" and so on where that is taken.
std::string shown_name(const Metric& metric, const Logs& logs, std::span<const Metric> metrics) {
  if (metric.is_named()) return metric.name();
  const auto is_taken = [&](const std::string& name) {
    return logs.contains(name) ||
           std::ranges::any_of(metrics, [&](const Metric& other) { return other.is_named() && other.name() == name; });
  };
  std::string name = metric.name();
  for (int number = 2; is_taken(name); ++number) name = fmt::format("{}_{}", metric.name(), number);
  return name;
}

Logs make_logs(const CompileOptions& options) {
  Logs logs;
  logs.set("loss", 0);
  for (const auto& metric : options.metrics) {
    const auto name = shown_name(metric, logs, options.metrics);
    if (logs.contains(name)) {
      throw ValueError(
          fmt::format("Sequential::compile: two metrics are called {}; give one another name, for example "
                      "Metric{{\"my_{}\", function}}",
                      name, name));
    }
    logs.set(name, 0);
  }
  return logs;
}

Tensor batch_mean(const Tensor& values) {
  return mean(is_floating(values.dtype()) ? values : cast(values, DType::float32));
}

}  // namespace

CompiledModel::CompiledModel(LayerStack& layers, const CompileOptions& options)
    : loss_(options.loss),
      target_(make_target(layers, options.loss)),
      logs_(make_logs(options)),
      test_(BatchAccess::rows, {layers.input(), target_}, outputs(layers.output(), options)),
      train_(make_train(layers, options)) {}

BatchFunction CompiledModel::make_train(LayerStack& layers, const CompileOptions& options) const {
  const auto graph = layers.apply(layers.input(), true);
  check_parameters(layers.output(), graph.output, layers.parameters());
  auto results = outputs(graph.output, options);

  std::vector<Tensor> weights;
  for (const auto& weight : layers.weights()) {
    if (weight.trainable == Trainable::yes) weights.push_back(weight.tensor);
  }
  auto updates = options.optimizer.updates(weights, gradients_of_weights(loss_, results.front(), weights));
  check_updates_of_weights(updates, weights);
  updates.insert(updates.end(), graph.updates.begin(), graph.updates.end());
  return {BatchAccess::positions, {layers.input(), target_}, std::move(results), std::move(updates)};
}

std::vector<Tensor> CompiledModel::outputs(const Tensor& prediction, const CompileOptions& options) const {
  const auto losses = loss_(target_, prediction);
  check_loss(loss_, prediction, losses);
  std::vector<Tensor> result{mean(losses)};
  for (const auto& metric : options.metrics) result.push_back(batch_mean(metric(target_, prediction)));
  return result;
}

}  // namespace xgrad
