#pragma once

#include <xgrad/framework/runtime/function.hpp>

#include <concepts>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace xgrad {

/// A type that can train a model: `updates` gives the new values of the parameters, and of whatever state it keeps
/// about them, from the gradients of the loss.
template <class T>
concept OptimizerOptions = std::copy_constructible<T> &&
    requires(const T& optimizer, std::span<const Tensor> parameters, std::span<const Tensor> gradients) {
  { optimizer.updates(parameters, gradients) } -> std::convertible_to<Updates>;
};

/// Any optimizer: a value such as `RMSprop{.learning_rate = 0.01}`, one of your own, or one of Keras' names.
class Optimizer {
 public:
  template <class T>
  requires(!std::same_as<T, Optimizer> && OptimizerOptions<T>) Optimizer(T options)
      : updates_([options = std::move(options)](std::span<const Tensor> parameters, std::span<const Tensor> gradients) {
          return options.updates(parameters, gradients);
        }) {}

  /// By name, with default options: adam, rmsprop, sgd. Throws ValueError for any other.
  template <class Name>
  requires std::convertible_to<const Name&, std::string_view> Optimizer(const Name& name) : Optimizer(named(name)) {}

  /// One update for each of `parameters`, and those of new state parameters. `gradients` has one tensor for each.
  Updates updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const {
    return updates_(parameters, gradients);
  }

 private:
  static const Optimizer& named(std::string_view name);

  std::function<Updates(std::span<const Tensor>, std::span<const Tensor>)> updates_;
};

}  // namespace xgrad
