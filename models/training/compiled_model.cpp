#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/training/compiled_model.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/mean.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

Tensor make_target(const LayerStack& layers, const Loss& loss) {
  const auto type = loss.target_type(layers.output().type());
  return input(type.shape, layers.entries().back().state.name + "_target", type.dtype);
}

Logs make_logs(const CompileOptions& options) {
  Logs logs;
  logs.set("loss", 0);
  for (const auto& metric : options.metrics) {
    if (logs.contains(metric.name())) {
      throw ValueError(
          fmt::format("Sequential::compile: two metrics are called {}; give one another name, for example "
                      "Metric{{\"my_{}\", function}}",
                      metric.name(), metric.name()));
    }
    logs.set(metric.name(), 0);
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
  auto results = outputs(graph.output, options);

  std::vector<Tensor> weights;
  for (const auto& weight : layers.weights()) {
    if (weight.trainable == Trainable::yes) weights.push_back(weight.tensor);
  }
  auto updates = options.optimizer.updates(weights, gradients(results.front(), weights));
  updates.insert(updates.end(), graph.updates.begin(), graph.updates.end());
  return {BatchAccess::positions, {layers.input(), target_}, std::move(results), std::move(updates)};
}

std::vector<Tensor> CompiledModel::outputs(const Tensor& prediction, const CompileOptions& options) const {
  std::vector<Tensor> result{batch_mean(loss_(target_, prediction))};
  for (const auto& metric : options.metrics) result.push_back(batch_mean(metric(target_, prediction)));
  return result;
}

}  // namespace xgrad
