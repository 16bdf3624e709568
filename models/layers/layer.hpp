#pragma once

#include <xgrad/models/layers/layer_context.hpp>
#include <xgrad/models/user_value.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace xgrad {

class Sequential;

namespace detail {

/// Whether a type is a layer; where it is not, the compiler says why.
template <class T>
constexpr bool expect_layer() {
  constexpr bool is_copyable = std::copy_constructible<T>;
  static_assert(is_copyable,
                "a layer must be a value that can be copied: it holds options, weights belong to the model");
  constexpr bool has_kind = requires {
    { T::kind } -> std::convertible_to<std::string_view>;
  };
  static_assert(has_kind, "a layer must have a public `static constexpr std::string_view kind = \"MyLayer\";`");
  constexpr bool has_call = requires(T & layer, const Tensor& x, LayerContext& context) { layer.call(x, context); };
  static_assert(has_call,
                "a layer must have a public function "
                "`xgrad::Tensor call(const xgrad::Tensor& x, xgrad::LayerContext& context) const`");
  constexpr bool is_const = requires(const T& layer, const Tensor& x, LayerContext& context) {
    layer.call(x, context);
  };
  static_assert(is_const || !has_call, "a layer's `call` must be const: weights and state belong to the context");
  constexpr bool gives_tensor = requires(T & layer, const Tensor& x, LayerContext& context) {
    { layer.call(x, context) } -> std::same_as<Tensor>;
  };
  static_assert(gives_tensor || !has_call, "a layer's `call` must return an xgrad::Tensor");
  constexpr bool is_name = !requires(const T& layer) { layer.name; }
  || requires(const T& layer) { std::string(layer.name); };
  static_assert(is_name, "a layer's option `name` must be text: `std::string name = {};`");
  constexpr bool is_shape = !requires(const T& layer) { layer.input_shape; }
  || requires(const T& layer) { Shape(layer.input_shape); };
  static_assert(is_shape, "a layer's option `input_shape` must be a shape: `xgrad::Shape input_shape = {};`");
  return is_copyable && has_kind && is_const && gives_tensor && is_name && is_shape;
}

}  // namespace detail

/// Any layer: a value made from `Dense{...}` or from a type of your own. It holds options only; weights belong to the
/// model. A type of your own is a class that can be copied, usually an aggregate of options, with
///
///     static constexpr std::string_view kind = "MyLayer";            // what `summary` shows
///     Tensor call(const Tensor& x, LayerContext& context) const;     // adds the layer to a graph
///
/// Options named `input_shape` (a Shape, of one sample) and `name` (a string) are understood by the model.
class Layer {
 public:
  template <detail::UserValue<Layer> T>
  requires(!std::is_base_of_v<Sequential, T>) Layer(T options) {
    if constexpr (detail::expect_layer<T>()) implementation_ = std::make_shared<const Holder<T>>(std::move(options));
  }

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
