#pragma once

#include <xgrad/framework/core/dtype.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace xgrad {

/// A number beside a tensor, as the program says it. An integer keeps all its digits until the dtype of the tensor is
/// known: a double would lose those of int64 beyond 2^53.
class Number {
 public:
  template <class T>
  requires std::is_arithmetic_v<T> Number(T value) : value_(stored(value)) {}

  /// Whether elements of the dtype can be this number; floating-point ones may round it.
  bool fits(DType dtype) const {
    return visit(dtype, [&]<class T>() { return std::visit([](auto value) { return fits<T>(value); }, value_); });
  }

  /// As a number of type T, which must fit it.
  template <Element T>
  T as() const {
    return std::visit([](auto value) { return static_cast<T>(value); }, value_);
  }

  /// As it is written.
  std::string to_string() const;

 private:
  using Value = std::variant<double, std::int64_t, std::uint64_t>;

  template <class T>
  static Value stored(T value) {
    if constexpr (std::is_floating_point_v<T>) return static_cast<double>(value);
    if constexpr (std::is_signed_v<T>) return static_cast<std::int64_t>(value);
    return static_cast<std::uint64_t>(value);
  }

  template <class T, class Value>
  static bool fits(Value value) {
    using Limits = std::numeric_limits<T>;
    if constexpr (std::is_floating_point_v<T>) {
      return true;
    } else if constexpr (std::is_floating_point_v<Value>) {
      return value == std::trunc(value) && value >= static_cast<Value>(Limits::lowest()) &&
             value - 1 < static_cast<Value>(Limits::max());
    } else if constexpr (std::is_same_v<T, bool>) {
      return value == 0 || value == 1;
    } else {
      return std::in_range<T>(value);
    }
  }

  Value value_;
};

}  // namespace xgrad
