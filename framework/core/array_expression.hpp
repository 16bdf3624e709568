#pragma once

#include <xgrad/framework/core/dtype.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>

namespace xgrad {
namespace detail {

/// The element type that an array has for a C++ type: of the six itself; of `long` and `long long`, whichever of them
/// is not std::int64_t, the integer of the same size, so that every number stays what it is. Everything else is void.
template <class T>
using HeldAs = std::conditional_t<
    Element<T>, T,
    std::conditional_t<std::is_same_v<T, long> || std::is_same_v<T, long long>,
                       std::conditional_t<sizeof(T) == sizeof(std::int64_t), std::int64_t, std::int32_t>, void>>;

template <class T>
concept Holdable = Element<HeldAs<T>>;

}  // namespace detail

/// An xtensor expression whose elements xgrad can hold: float, double, std::int32_t, std::int64_t, std::uint8_t, bool,
/// or `long long`, which becomes int64. There is no dtype for other integers, and none is chosen in silence: what does
/// not compile says the cast to write.
template <class Expression>
concept ArrayExpression = xt::is_xexpression<std::remove_cvref_t<Expression>>::value &&
    detail::Holdable<typename std::remove_cvref_t<Expression>::value_type>;

namespace detail {

/// An xtensor expression of elements that no array has.
template <class Expression>
concept ExpressionOfOthers =
    xt::is_xexpression<Expression>::value && !Holdable<typename std::remove_cvref_t<Expression>::value_type>;

/// A vector or another container of numbers that is no xtensor expression; text is none.
template <class Container>
concept ContainerOfNumbers =
    std::is_class_v<Container> && !xt::is_xexpression<Container>::value &&
    std::ranges::random_access_range<const Container> && std::is_arithmetic_v<std::ranges::range_value_t<Container>> &&
    !std::is_same_v<std::ranges::range_value_t<Container>, char>;

/// What a program may take for an array and what is none: the compiler says what to write instead.
template <class T>
concept NoArray = ExpressionOfOthers<T> || ContainerOfNumbers<T>;

/// Whether there are arrays of T; where there are none, the compiler says what to write.
template <class T>
constexpr bool expect_holdable() {
  constexpr bool is_holdable = Holdable<T>;
  static_assert(is_holdable,
                "the elements of an array are float, double, std::int32_t, std::int64_t, std::uint8_t or bool: write "
                "xt::cast<std::int64_t>(x), or the cast to another of the six");
  return is_holdable;
}

template <NoArray T>
constexpr void refuse_as_array() {
  if constexpr (ExpressionOfOthers<T>) {
    expect_holdable<typename T::value_type>();
  } else {
    constexpr bool has_shape = !ContainerOfNumbers<T>;
    static_assert(has_shape,
                  "a container of the standard library has no shape: write xt::adapt(values, {rows, columns}), which "
                  "refers to its elements");
  }
}

/// An expression with a pointer to its elements. The storage is asked first: that of a flattened view, of a deque and
/// of a vector of bits has none, though the expression has a function for it.
template <class Expression>
concept HasElements = requires(const Expression& expression) {
  { expression.storage().data() } -> std::convertible_to<const typename Expression::value_type*>;
}
&&requires(const Expression& expression) {
  { expression.data() } -> std::same_as<const typename Expression::value_type*>;
  expression.data_offset(), expression.strides();
};

/// The first element of an expression whose elements lie in memory one after the other in row-major order; null when
/// they do not.
template <ArrayExpression Expression>
const typename Expression::value_type* contiguous_elements(const Expression& expression) {
  if constexpr (HasElements<Expression>) {
    if (xt::do_strides_match(expression.shape(), expression.strides(), xt::layout_type::row_major, true)) {
      return expression.data() + expression.data_offset();
    }
  }
  return nullptr;
}

}  // namespace detail
}  // namespace xgrad
