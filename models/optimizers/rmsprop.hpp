#pragma once

#include <xgrad/framework/runtime/function.hpp>

#include <initializer_list>
#include <span>

namespace xgrad {

/// Divides each gradient by a running mean of its size, with the rule and defaults of Keras 2:
///     mean_square = rho * mean_square + (1 - rho) * gradient^2
///     parameter   = parameter - learning_rate * gradient / (sqrt(mean_square) + epsilon)
/// Source: Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012.
struct RMSprop {
  double learning_rate = 0.001;
  double rho = 0.9;
  double epsilon = 1e-7;

  /// New values for the parameters and for the state that is made here, one for each parameter. Throws ValueError when
  /// an option is out of range or the number of gradients differs from that of the parameters.
  Updates updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const;
  Updates updates(std::initializer_list<Tensor> parameters, std::span<const Tensor> gradients) const {
    return updates(std::span(parameters.begin(), parameters.size()), gradients);
  }
};

}  // namespace xgrad
