#pragma once

#include <xgrad/models/training/compiled_model.hpp>
#include <xgrad/models/training/evaluation.hpp>
#include <xgrad/models/training/history.hpp>
#include <xgrad/models/training/layer_stack.hpp>
#include <xgrad/models/training/model_use.hpp>
#include <xgrad/models/training/options.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// A model whose layers follow each other, as Keras' Sequential:
///
///     Sequential model{Dense{.units = 32, .activation = relu, .input_shape = {784}},
///                      Dense{.units = 10, .activation = softmax}};
///     model.compile({.optimizer = RMSprop{}, .loss = categorical_crossentropy, .metrics = {"accuracy"}});
///     model.fit(x, y, {.epochs = 5, .batch_size = 128});
///
/// It computes in float32; arrays of other dtypes are converted as part of each step. Arrays are read where they lie
/// and have their samples along the first axis; a vector of n numbers counts as (n, 1).
///
/// Several threads may call `predict` and `evaluate` at once: each gets memory of its own, the weights are shared.
/// While one thread is in `fit`, calls from others throw StateError at once, and so do `add`, `compile` and `fit` in
/// its own callbacks. A model that was moved from can be assigned to and destroyed, all else throws StateError.
class Sequential {
 public:
  /// Throws what `add` throws.
  Sequential(std::initializer_list<Layer> layers = {});

  /// `Sequential model({Dense{...}, Dense{...}}, {.seed = 7});`
  Sequential(std::initializer_list<Layer> layers, const ModelOptions& options);

  /// A model cannot be copied: two models on the same weights and two on weights of their own are different things. The
  /// first is the model's graph on another input, the second `clone`.
  Sequential(const Sequential&) = delete;
  Sequential& operator=(const Sequential&) = delete;
  Sequential(Sequential&&) = default;
  Sequential& operator=(Sequential&&) = default;

  /// The same layers on weights of their own, which hold what these hold now. It has to be compiled.
  Sequential clone() const;

  /// Appends a layer; the model has to be compiled again. Throws ValueError when the name is taken or the first layer
  /// has no input shape, ShapeError when the layer does not fit the one before.
  void add(Layer layer);

  /// Says how the model is trained. What was trained before stays, the optimizer starts afresh. Throws ShapeError or
  /// DTypeError when loss or metrics do not fit the output, ValueError when two metrics have one name or an option is
  /// out of range, and GradientError when nothing would be learned: the loss depends on no weight, or the optimizer
  /// changes none.
  void compile(const CompileOptions& options);

  /// Trains on batches of the samples of `x` and their targets `y`. Throws StateError before `compile`, ShapeError or
  /// ValueError when an array or option does not fit, and NumericError as soon as the loss of a batch is not finite:
  /// the weights then hold what the step of that batch made of them, which is of no use.
  History fit(const ArrayRef& x, const ArrayRef& y, const FitOptions& options = {});

  /// Loss and metrics on other samples, in inference. Throws as `fit` for arrays.
  Evaluation evaluate(const ArrayRef& x, const ArrayRef& y, const EvaluateOptions& options = {});

  /// The output for each sample. Throws as `fit` for arrays; needs no `compile`.
  Array predict(const ArrayRef& x, const PredictOptions& options = {});

  /// Ends the training that is running after its current epoch, for callbacks.
  void stop_training() { use().is_stopping = true; }

  /// The layers as a table, laid out as Keras does.
  [[nodiscard]] std::string summary() const;

  /// Weights in the order of the layers: parameters of the graph, to read with `value` and to replace with `assign`.
  std::vector<Tensor> weights() const;

  /// The ends of the inference graph: differentiate, extend, compile or draw it.
  Tensor input() const { return layers().input(); }
  Tensor output() const { return layers().output(); }

  /// The inference graph on another tensor, with the same weights.
  Tensor operator()(const Tensor& x) {
    use();
    const ModelUse::Changing changing(use_, "operator()");
    return layers_.apply(x, false).output;
  }

 private:
  // Both throw StateError when the model was moved from.
  ModelUse& use() const;
  const LayerStack& layers() const;

  std::shared_ptr<CompiledModel> expect_compiled(std::string_view method) const;
  void check_data(const ArrayRef& x, const ArrayRef& y) const;

  LayerStack layers_;
  std::shared_ptr<CompiledModel>
      compiled_;  // kept by a training, in whose callbacks the model may be moved or assigned
  std::optional<BatchFunction> predict_;
  std::shared_ptr<ModelUse> use_ = std::make_shared<ModelUse>();
};

}  // namespace xgrad
