#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <concepts>
#include <functional>
#include <string_view>
#include <type_traits>

namespace xgrad {

/// What a layer applies to its result: a function of a tensor such as `relu` or a lambda, or one of Keras' names.
class ActivationFunction {
 public:
  using Function = std::function<Tensor(const Tensor&)>;

  /// The identity.
  ActivationFunction() : function_([](const Tensor& x) { return x; }) {}

  ActivationFunction(Tensor (*function)(const Tensor&)) : function_(function) {}

  /// By name: celu, elu, exponential, gelu, hard_sigmoid, hard_swish, linear, log_sigmoid, log_softmax, mish, relu,
  /// relu6, selu, sigmoid, silu (or swish), softmax, softplus, softsign, tanh. Throws ValueError for any other.
  template <class Name>
  requires std::convertible_to<const Name&, std::string_view> ActivationFunction(const Name& name)
      : function_(named(name)) {}

  template <class Callable>
  requires(std::is_class_v<Callable> && !std::same_as<Callable, ActivationFunction> &&
           std::is_invocable_r_v<Tensor, const Callable&, const Tensor&>) ActivationFunction(Callable callable)
      : function_(std::move(callable)) {}

  Tensor operator()(const Tensor& x) const { return function_(x); }

 private:
  static Function named(std::string_view name);

  Function function_;
};

}  // namespace xgrad
