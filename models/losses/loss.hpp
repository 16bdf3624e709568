#pragma once

#include <xgrad/models/losses/comparison.hpp>
#include <xgrad/models/user_value.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xgrad {

/// What a loss compares the output of a model with.
enum class TargetKind {
  values,  ///< an array like the output: one-hot classes, probabilities, numbers
  labels,  ///< an integer, the class, instead of the output's last axis
};

/// What a model is trained to make small: a function of target and prediction that gives one value for each sample,
/// such as `categorical_crossentropy` or a lambda, or one of Keras' names.
class Loss {
 public:
  using Function = detail::Comparison;

  Loss(Tensor (*function)(const Tensor&, const Tensor&));

  /// By name: binary_crossentropy, categorical_crossentropy, categorical_hinge, cosine_similarity, hinge, huber,
  /// kl_divergence, mean_absolute_error (or mae), mean_squared_error (or mse), poisson, poisson_nll, smooth_l1,
  /// sparse_categorical_crossentropy, squared_hinge. Throws ValueError for any other.
  template <class Name>
  requires std::convertible_to<const Name&, std::string_view> Loss(const Name& name) : Loss(named(name)) {}

  /// A lambda or another class with a call operator, `Tensor operator()(const Tensor&, const Tensor&) const`.
  template <detail::UserValue<Loss> Callable>
  Loss(Callable callable) : Loss("loss", detail::comparison(std::move(callable))) {}

  /// A loss with a name for messages and the kind of target it takes.
  Loss(std::string name, Function function, TargetKind kind = TargetKind::values)
      : name_(std::move(name)), function_(std::move(function)), kind_(kind) {}

  /// All names, sorted.
  static std::vector<std::string_view> names();

  /// The loss of the library that is this function; null when there is none.
  static const Loss* find(Tensor (*function)(const Tensor&, const Tensor&));

  /// The full name: "mean_absolute_error" for "mae".
  const std::string& name() const { return name_; }
  TargetKind target_kind() const { return kind_; }

  /// The type of the targets for a model's output: that of the output, or int32 without its last axis for labels.
  /// Throws ShapeError when the output has no axis of classes.
  TensorType target_type(const TensorType& output) const;

  Tensor operator()(const Tensor& target, const Tensor& prediction) const { return function_(target, prediction); }

 private:
  static const Loss& named(std::string_view name);

  std::string name_;
  Function function_;
  TargetKind kind_;
};

}  // namespace xgrad
