#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace xgrad {

/// The element type of a tensor, known at run time. float32 is the default everywhere.
enum class DType : std::uint8_t { float32, float64, int32, int64, uint8, boolean };

inline constexpr std::size_t dtype_count = 6;

/// NumPy's name of a dtype: "float32", "bool", ...
std::string_view to_string(DType dtype);

/// The enumerator as it is written in a program, for errors that say which cast helps: "DType::boolean".
std::string enumerator(DType dtype);

/// Bytes of one element.
std::size_t size_of(DType dtype);

constexpr bool is_floating(DType dtype) { return dtype == DType::float32 || dtype == DType::float64; }
constexpr bool is_integer(DType dtype) {
  return dtype == DType::int32 || dtype == DType::int64 || dtype == DType::uint8;
}

/// C++ types that are elements of a tensor.
template <class T>
concept Element = std::is_same_v<T, float> || std::is_same_v<T, double> || std::is_same_v<T, std::int32_t> ||
    std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint8_t> || std::is_same_v<T, bool>;

/// The DType of a C++ element type.
template <Element T>
inline constexpr DType dtype_of = std::is_same_v<T, float>          ? DType::float32
                                  : std::is_same_v<T, double>       ? DType::float64
                                  : std::is_same_v<T, std::int32_t> ? DType::int32
                                  : std::is_same_v<T, std::int64_t> ? DType::int64
                                  : std::is_same_v<T, std::uint8_t> ? DType::uint8
                                                                    : DType::boolean;

/// Calls `function.operator()<T>()` with the C++ type of `dtype`.
template <class Function>
decltype(auto) visit(DType dtype, Function&& function) {
  switch (dtype) {
    case DType::float32:
      return function.template operator()<float>();
    case DType::float64:
      return function.template operator()<double>();
    case DType::int32:
      return function.template operator()<std::int32_t>();
    case DType::int64:
      return function.template operator()<std::int64_t>();
    case DType::uint8:
      return function.template operator()<std::uint8_t>();
    case DType::boolean:
      break;
  }
  return function.template operator()<bool>();
}

}  // namespace xgrad
