#pragma once

#include <xgrad/framework/runtime/function.hpp>

#include <initializer_list>
#include <span>

namespace xgrad {

/// Momentum over a running mean of the size of the gradient, both corrected for their start at zero, with the rule and
/// defaults of Keras 2. In step t = 1, 2, ...:
///     rate        = learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t)
///     mean        = beta_1 * mean + (1 - beta_1) * gradient
///     mean_square = beta_2 * mean_square + (1 - beta_2) * gradient^2
///     parameter   = parameter - rate * mean / (sqrt(mean_square) + epsilon)
/// Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
struct Adam {
  double learning_rate = 0.001;
  double beta_1 = 0.9;
  double beta_2 = 0.999;
  double epsilon = 1e-7;

  /// New values for the parameters and for the state that is made here, one for each parameter. Throws ValueError when
  /// an option is out of range or the number of gradients differs from that of the parameters.
  Updates updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const;
  Updates updates(std::initializer_list<Tensor> parameters, std::span<const Tensor> gradients) const {
    return updates(std::span(parameters.begin(), parameters.size()), gradients);
  }
};

}  // namespace xgrad
