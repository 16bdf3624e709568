#pragma once

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/layers/layer_context.hpp>
#include <xgrad/models/losses/loss.hpp>

#include <span>
#include <vector>

namespace xgrad {

/// Throws when a loss, computed from the output of a model, is none to train with: DTypeError when it is not floating
/// point, ShapeError when it is not a value for each sample, ValueError when the output is a softmax of one unit.
void check_loss(const Loss& loss, const Tensor& output, const Tensor& values);

/// Throws ValueError when the training graph holds a parameter that was made in it and that the model does not know:
/// `inference` is the same model's other graph, with which it shares all that is made once. `known` are the weights and
/// counters.
void check_parameters(const Tensor& inference, const Tensor& training, std::span<const Tensor> known);

/// The derivatives of a loss with respect to the weights. Throws GradientError when it depends on none of them.
std::vector<Tensor> gradients_of_weights(const Loss& loss, const Tensor& value, std::span<const Tensor> weights);

/// Throws GradientError when the updates of an optimizer leave every weight as it is.
void check_updates_of_weights(const Updates& updates, std::span<const Tensor> weights);

}  // namespace xgrad
