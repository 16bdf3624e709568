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
      input_(layers.input()),
      target_(make_target(layers, options.loss)),
      logs_(make_logs(options)),
      test_outputs_(outputs(layers.output(), options)) {
  const auto graph = layers.apply(input_, true);
  train_outputs_ = outputs(graph.output, options);

  std::vector<Tensor> weights;
  for (const auto& weight : layers.weights()) {
    if (weight.trainable == Trainable::yes) weights.push_back(weight.tensor);
  }
  updates_ = options.optimizer.updates(weights, gradients(train_outputs_.front(), weights));
  updates_.insert(updates_.end(), graph.updates.begin(), graph.updates.end());
}

std::vector<Tensor> CompiledModel::outputs(const Tensor& prediction, const CompileOptions& options) const {
  std::vector<Tensor> result{batch_mean(loss_(target_, prediction))};
  for (const auto& metric : options.metrics) result.push_back(batch_mean(metric(target_, prediction)));
  return result;
}

Function& CompiledModel::train() {
  if (!train_) train_ = compile({input_, target_}, train_outputs_, updates_);
  return *train_;
}

Function& CompiledModel::test() {
  if (!test_) test_ = compile({input_, target_}, test_outputs_);
  return *test_;
}

}  // namespace xgrad
