#pragma once

#include <xgrad/models/losses/comparison.hpp>
#include <xgrad/models/user_value.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace xgrad {

/// What is reported beside the loss: a function of target and prediction whose mean over all samples is shown, or one
/// of Keras' names.
class Metric {
 public:
  using Function = detail::Comparison;

  /// By name: accuracy (or acc), binary_accuracy, categorical_accuracy, sparse_categorical_accuracy, or any loss that
  /// `Loss` knows by name. Throws ValueError for any other.
  template <class Name>
  requires std::convertible_to<const Name&, std::string_view> Metric(const Name& name) : Metric(named(name)) {}

  Metric(Tensor (*function)(const Tensor&, const Tensor&));

  /// A lambda or another class with a call operator, `Tensor operator()(const Tensor&, const Tensor&) const`.
  template <detail::UserValue<Metric> Callable>
  Metric(Callable callable) : Metric("metric", detail::comparison(std::move(callable))) {
    is_named_ = false;
  }

  /// A metric under a name of its own.
  Metric(std::string name, Function function) : name_(std::move(name)), function_(std::move(function)) {}

  /// What it is called in logs: "acc" for accuracy, as in Keras 2, and "metric" for a function that is no loss or
  /// metric of the library, with a number where there are several.
  const std::string& name() const { return name_; }

  /// False for a function without a name of its own.
  bool is_named() const { return is_named_; }

  Tensor operator()(const Tensor& target, const Tensor& prediction) const { return function_(target, prediction); }

 private:
  static Metric named(std::string_view name);

  std::string name_;
  Function function_;
  bool is_named_ = true;
};

}  // namespace xgrad
