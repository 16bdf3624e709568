#pragma once

#include <xgrad/framework/core/array.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <string_view>
#include <type_traits>

namespace xgrad {

/// Where the first value of a weight comes from: a number for all elements, a function of shape and seed such as
/// `glorot_uniform` or `RandomNormal{.standard_deviation = 0.1}`, or one of Keras' names.
class Initializer {
 public:
  using Function = std::function<Array(const Shape& shape, std::uint64_t seed)>;

  Initializer(Array (*function)(const Shape&, std::uint64_t)) : function_(function) {}

  /// By name: glorot_uniform, ones, random_normal, random_uniform, zeros. Throws ValueError for any other.
  template <class Name>
  requires std::convertible_to<const Name&, std::string_view> Initializer(const Name& name) : function_(named(name)) {}

  /// Every element is `value`.
  template <class Number>
  requires std::is_arithmetic_v<Number> Initializer(Number value) : function_(filled(static_cast<double>(value))) {}

  template <class Callable>
  requires(std::is_class_v<Callable> && !std::same_as<Callable, Initializer> &&
           std::is_invocable_r_v<Array, const Callable&, const Shape&, std::uint64_t>) Initializer(Callable callable)
      : function_(std::move(callable)) {}

  /// The value for a weight of `shape`. Throws ShapeError when the function gives another shape.
  Array operator()(const Shape& shape, std::uint64_t seed) const;

 private:
  static Function named(std::string_view name);
  static Function filled(double value);

  Function function_;
};

}  // namespace xgrad
