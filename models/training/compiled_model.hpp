#pragma once

#include <xgrad/models/training/batch_function.hpp>
#include <xgrad/models/training/layer_stack.hpp>
#include <xgrad/models/training/logs.hpp>
#include <xgrad/models/training/options.hpp>

#include <vector>

namespace xgrad {

/// What `compile` makes of layers: a training step and a test. Both take inputs and targets and give the means over a
/// batch that `logs` names.
class CompiledModel {
 public:
  CompiledModel(LayerStack& layers, const CompileOptions& options);

  const Loss& loss() const { return loss_; }

  /// "loss" and the names of the metrics, all 0.
  const Logs& logs() const { return logs_; }

  /// Takes samples by their positions; also updates the weights.
  BatchFunction& train() { return train_; }

  /// Takes samples as they lie.
  BatchFunction& test() { return test_; }

 private:
  std::vector<Tensor> outputs(const Tensor& prediction, const CompileOptions& options) const;
  BatchFunction make_train(LayerStack& layers, const CompileOptions& options) const;

  Loss loss_;
  Tensor target_;
  Logs logs_;
  BatchFunction test_;
  BatchFunction train_;
};

}  // namespace xgrad
