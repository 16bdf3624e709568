#pragma once

#include <xgrad/framework/core/inline_vector.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace xgrad {

class Number;

/// What an attribute can be. Integers of all widths are held in 64 bits, a `Number` as its text.
using AttributeValue =
    std::variant<bool, std::int64_t, double, std::string, DType, Shape, std::vector<std::int64_t>, std::vector<double>>;

/// A named value of an operator: {"axis", 1}, {"dtype", DType::float32}, {"axes", axes}.
struct Attribute {
  /// `name` is a literal: it is not copied.
  template <std::size_t Size, class Value>
  Attribute(const char (&name)[Size], const Value& value) : name(name), value(stored(value)) {}

  std::string_view name;
  AttributeValue value;

  /// Numbers are equal when their bytes are: NaN is NaN, and -0 is not 0.
  friend bool operator==(const Attribute& left, const Attribute& right);

 private:
  static std::string text_of(const Number& number);

  template <class Value>
  static AttributeValue stored(const Value& value) {
    if constexpr (std::same_as<Value, bool> || std::same_as<Value, DType> || std::same_as<Value, Shape>) {
      return value;
    } else if constexpr (std::integral<Value>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::floating_point<Value>) {
      return static_cast<double>(value);
    } else if constexpr (std::same_as<Value, Dim>) {
      return Shape{value};
    } else if constexpr (std::same_as<Value, Number>) {
      return text_of(value);
    } else if constexpr (std::convertible_to<Value, std::string_view>) {
      return std::string(std::string_view(value));
    } else if constexpr (std::floating_point<typename Value::value_type>) {
      return std::vector<double>(value.begin(), value.end());
    } else {
      return std::vector<std::int64_t>(value.begin(), value.end());
    }
  }
};

/// Everything that tells an operator from others of its class and name.
class Attributes {
 public:
  Attributes() = default;
  Attributes(std::initializer_list<Attribute> values) : values_(values) {}

  const Attribute* begin() const { return values_.begin(); }
  const Attribute* end() const { return values_.end(); }

  void push_back(Attribute value) { values_.push_back(std::move(value)); }

  /// These, and then those of `more`.
  Attributes with(const Attributes& more) const;

  /// Equal for equal attributes.
  std::size_t hash() const;

  /// Python's spelling: "axes=(0,), keepdims=True".
  std::string to_string() const;

  friend bool operator==(const Attributes&, const Attributes&) = default;

 private:
  InlineVector<Attribute, 2> values_;
};

}  // namespace xgrad
