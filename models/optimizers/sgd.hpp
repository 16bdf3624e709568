#pragma once

#include <xgrad/framework/runtime/function.hpp>

#include <initializer_list>
#include <span>

namespace xgrad {

/// Stochastic gradient descent, with the rules and defaults of Keras 2:
///     velocity  = momentum * velocity - learning_rate * gradient
///     parameter = parameter + velocity                                            (plain)
///     parameter = parameter + momentum * velocity - learning_rate * gradient      (nesterov)
struct SGD {
  double learning_rate = 0.01;
  double momentum = 0;
  bool nesterov = false;

  /// New values for the parameters and for the state that is made here, one for each parameter. Throws ValueError when
  /// an option is out of range or the number of gradients differs from that of the parameters.
  Updates updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const;
  Updates updates(std::initializer_list<Tensor> parameters, std::span<const Tensor> gradients) const {
    return updates(std::span(parameters.begin(), parameters.size()), gradients);
  }
};

}  // namespace xgrad
