#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/models/training/check_training.hpp>
#include <xgrad/ops/softmax.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace xgrad {
namespace {

/// Whether all predictions are 1, whatever the weights are.
bool is_softmax_of_one(const Tensor& output) {
  const auto softmax = softmax_of(output);
  return softmax && output.shape()[softmax->axis].is_one();
}

bool wants_several_classes(const Loss& loss) {
  return loss.name() == "categorical_crossentropy" || loss.name() == "sparse_categorical_crossentropy";
}

std::vector<Tensor> parameters_below(const Tensor& tensor) {
  std::vector<Tensor> result;
  for (const auto& node : nodes_below({&tensor, 1})) {
    if (dynamic_cast<const Parameter*>(&node->op())) result.emplace_back(node, 0);
  }
  return result;
}

}  // namespace

void check_loss(const Loss& loss, const Tensor& output, const Tensor& values) {
  const bool is_one_class = output.rank() > 0 && output.shape()[output.rank() - 1].is_one();
  if (is_softmax_of_one(output) || (wants_several_classes(loss) && is_one_class)) {
    throw ValueError(fmt::format(
        "Sequential::compile: the model ends with one unit, {} and with it the loss, {}, is the same whatever "
        "is learned; for two classes use one sigmoid unit and binary_crossentropy, or two softmax units and "
        "categorical_crossentropy",
        is_softmax_of_one(output) ? "of which softmax makes 1," : "the only class,", loss.name()));
  }
  if (!is_floating(values.dtype())) {
    throw DTypeError(fmt::format(
        "Sequential::compile: expected a floating-point loss, but {} gives {}, which has no derivative; use a "
        "loss such as categorical_crossentropy, and give what counts as a metric",
        loss.name(), to_string(values.dtype())));
  }
  if (values.rank() == 0 || !(values.shape()[0] == batch)) {
    throw ShapeError(fmt::format(
        "Sequential::compile: expected a loss with a value for each sample, (batch, ...), but {} gives shape "
        "{}; reduce over the axes of a sample only, for example mean(square(target - prediction), -1): fit "
        "takes the mean over the batch itself",
        loss.name(), values.shape().to_string()));
  }
}

void check_parameters(const Tensor& inference, const Tensor& training, std::span<const Tensor> known) {
  const auto shared = parameters_below(inference);
  for (const auto& parameter : parameters_below(training)) {
    if (std::ranges::find(known, parameter) != known.end() || std::ranges::find(shared, parameter) != shared.end())
      continue;
    throw ValueError(fmt::format(
        "Sequential::compile: a layer made the parameter '{}' of type {} in its call, so that each graph has "
        "another one and none is trained; write context.weight(\"name\", shape, initializer) instead of "
        "parameter(...)",
        parameter.name(), parameter.type().to_string()));
  }
}

std::vector<Tensor> gradients_of_weights(const Loss& loss, const Tensor& value, std::span<const Tensor> weights) {
  auto result = gradients(value, weights);
  if (std::ranges::all_of(result, is_constant_zero)) {
    throw GradientError(
        weights.empty()
            ? std::string(
                  "Sequential::compile: expected weights to train, but the model has none; add a layer that has, "
                  "such as Dense, or use the model without compile, with predict")
            : fmt::format(
                  "Sequential::compile: no derivative of the loss, {}, reaches a weight of the model; compute it "
                  "from the prediction, and without argmax, comparisons, casts to integers or stop_gradient on "
                  "the way",
                  loss.name()));
  }
  return result;
}

void check_updates_of_weights(const Updates& updates, std::span<const Tensor> weights) {
  const bool is_learning = std::ranges::any_of(updates, [&](const Update& update) {
    return std::ranges::find(weights, update.parameter) != weights.end() && !(update.value == update.parameter);
  });
  if (is_learning) return;
  throw GradientError(
      "Sequential::compile: the optimizer changes no weight; its updates must hold {weight, new_value} for each of the "
      "parameters that it is given");
}

}  // namespace xgrad
