#pragma once

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/user_value.hpp>

#include <concepts>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace xgrad {

namespace detail {

/// Whether a type is an optimizer; where it is not, the compiler says why.
template <class T>
constexpr bool expect_optimizer() {
  using Tensors = std::span<const Tensor>;
  constexpr bool is_copyable = std::copy_constructible<T>;
  static_assert(is_copyable, "an optimizer must be a value that can be copied: it holds options");
  constexpr bool has_updates = requires(T & optimizer, Tensors tensors) { optimizer.updates(tensors, tensors); };
  static_assert(has_updates,
                "an optimizer must have a public function `xgrad::Updates updates(std::span<const xgrad::Tensor> "
                "parameters, std::span<const xgrad::Tensor> gradients) const`");
  constexpr bool is_const = requires(const T& optimizer, Tensors tensors) { optimizer.updates(tensors, tensors); };
  static_assert(is_const || !has_updates,
                "an optimizer's `updates` must be const: what it keeps from step to step are parameters of the graph");
  constexpr bool gives_updates = requires(T & optimizer, Tensors tensors) {
    { optimizer.updates(tensors, tensors) } -> std::convertible_to<Updates>;
  };
  static_assert(gives_updates || !has_updates, "an optimizer's `updates` must return xgrad::Updates");
  return is_copyable && is_const && gives_updates;
}

}  // namespace detail

/// Any optimizer: a value such as `RMSprop{.learning_rate = 0.01}`, one of your own, or one of Keras' names. One of
/// your own is a class that can be copied and has a function
///
///     Updates updates(std::span<const Tensor> parameters, std::span<const Tensor> gradients) const;
///
/// which gives the new values of the parameters, and of whatever state it keeps about them, from the gradients of the
/// loss.
class Optimizer {
 public:
  template <detail::UserValue<Optimizer> T>
  Optimizer(T options) {
    if constexpr (detail::expect_optimizer<T>()) {
      updates_ = [options = std::move(options)](std::span<const Tensor> parameters, std::span<const Tensor> gradients) {
        return options.updates(parameters, gradients);
      };
    }
  }

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
