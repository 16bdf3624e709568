#pragma once

#include <xgrad/models/layers/layer_context.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace xgrad {

/// A type that can be a layer of a model: usually an aggregate of options. `kind` is what `summary` shows, "Dense";
/// `call` adds the layer to a graph. Options named `input_shape` (a Shape, of one sample) and `name` (a string) are
/// understood by the model.
template <class T>
concept LayerOptions = std::copy_constructible<T> && requires(const T& layer, const Tensor& x, LayerContext& context) {
  { T::kind } -> std::convertible_to<std::string_view>;
  { layer.call(x, context) } -> std::same_as<Tensor>;
};

/// Any layer: a value made from `Dense{...}` or from a type of your own. It holds options only; weights belong to the
/// model.
class Layer {
 public:
  template <class T>
  requires(!std::same_as<T, Layer> && LayerOptions<T>) Layer(T options)
      : implementation_(std::make_shared<const Holder<T>>(std::move(options))) {}

  /// Adds the layer to the graph of `x`.
  Tensor call(const Tensor& x, LayerContext& context) const { return implementation_->call(x, context); }

  /// "Dense".
  std::string_view kind() const { return implementation_->kind(); }

  /// The name the user gave, or empty.
  std::string name() const { return implementation_->name(); }

  /// The shape of one sample that the user gave, or empty.
  Shape input_shape() const { return implementation_->input_shape(); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual Tensor call(const Tensor& x, LayerContext& context) const = 0;
    virtual std::string_view kind() const = 0;
    virtual std::string name() const = 0;
    virtual Shape input_shape() const = 0;
  };

  template <class T>
  struct Holder final : Interface {
    explicit Holder(T value) : options(std::move(value)) {}

    Tensor call(const Tensor& x, LayerContext& context) const override { return options.call(x, context); }
    std::string_view kind() const override { return T::kind; }
    std::string name() const override {
      if constexpr (requires { std::string(options.name); }) {
        return options.name;
      } else {
        return {};
      }
    }
    Shape input_shape() const override {
      if constexpr (requires { Shape(options.input_shape); }) {
        return options.input_shape;
      } else {
        return {};
      }
    }

    T options;
  };

  std::shared_ptr<const Interface> implementation_;
};

}  // namespace xgrad
