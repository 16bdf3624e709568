#pragma once

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/training/layer_stack.hpp>
#include <xgrad/models/training/logs.hpp>
#include <xgrad/models/training/options.hpp>

#include <optional>
#include <vector>

namespace xgrad {

/// What `compile` makes of layers: the graphs of a training step and of a test, and their functions, which are made
/// when first used. Both functions take inputs and targets and give the means over a batch that `logs` names.
class CompiledModel {
 public:
  CompiledModel(LayerStack& layers, const CompileOptions& options);

  const Loss& loss() const { return loss_; }

  /// The types of what goes in.
  const TensorType& input_type() const { return input_.type(); }
  const TensorType& target_type() const { return target_.type(); }

  /// "loss" and the names of the metrics, all 0.
  const Logs& logs() const { return logs_; }

  /// Also updates the weights.
  Function& train();

  Function& test();

 private:
  std::vector<Tensor> outputs(const Tensor& prediction, const CompileOptions& options) const;

  Loss loss_;
  Tensor input_;
  Tensor target_;
  Logs logs_;
  std::vector<Tensor> train_outputs_;
  std::vector<Tensor> test_outputs_;
  Updates updates_;
  std::optional<Function> train_;
  std::optional<Function> test_;
};

}  // namespace xgrad
