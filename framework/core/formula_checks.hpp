#pragma once

#include <xgrad/framework/core/dtype.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/standard_functions.hpp>
#include <xgrad/framework/core/xtensor.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

// What a formula of an elementwise operator is given, and what it must be: each mistake is one sentence.

namespace xgrad {

/// Part of the type of a formula's operands, which makes `number(x, 2)` in it known without `xgrad::`. Allocates
/// nothing.
template <class T>
struct FormulaAllocator : std::allocator<T> {};

namespace detail {

/// An operand of a formula.
template <class T>
auto formula_operand(const T* elements, std::size_t count) {
  constexpr auto layout = xt::layout_type::row_major;
  // By std::move, because xtensor keeps a pointer with a name as a reference to it.
  return xt::adapt<layout>(std::move(elements), count, xt::no_ownership(), std::array<std::size_t, 1>{count}, layout,
                           FormulaAllocator<T>());
}

template <class T>
using FormulaOperand = decltype(formula_operand(static_cast<const T*>(nullptr), 0));

/// What an expression keeps of its operands: a part that was given a name inside the formula, and is gone when it
/// returns, is kept as a reference.
template <class Expression>
struct Parts {
  static constexpr bool has_named_part = false;
  static constexpr bool has_named_number = false;
};
template <class Number>
struct Parts<xt::xscalar<Number>> {
  static constexpr bool has_named_part = false;
  static constexpr bool has_named_number = std::is_reference_v<Number>;
};
template <class Operand>
inline constexpr bool is_formula_operand = false;
template <class T>
inline constexpr bool is_formula_operand<xt::xtensor_adaptor<
    xt::xbuffer_adaptor<const T*, xt::no_ownership, FormulaAllocator<T>>, 1, xt::layout_type::row_major>> = true;
template <class Function, class... Operands>
struct Parts<xt::xfunction<Function, Operands...>> {
  static constexpr bool has_named_part =
      ((std::is_lvalue_reference_v<Operands> && !is_formula_operand<std::remove_cvref_t<Operands>>) || ...) ||
      (Parts<std::remove_cvref_t<Operands>>::has_named_part || ...);
  static constexpr bool has_named_number = (Parts<std::remove_cvref_t<Operands>>::has_named_number || ...);
};

// Not by is_invocable_v: a mistake in the formula is a line shorter.
template <class Function, class Operand, std::size_t... Index>
inline constexpr bool takes =
    std::is_invocable<const Function&, decltype((void(Index), std::declval<Operand>()))...>::value;

/// Whether a formula is one over expressions; where it is not, the compiler says why.
template <class Function, class T, class... Types, std::size_t... Index>
constexpr bool is_formula(std::index_sequence<Index...>) {
  constexpr bool is_invocable = takes<Function, const FormulaOperand<T>&, Index...>;
  static_assert(is_invocable,
                "elementwise<N>: the formula must be a generic lambda of N arguments, one for each input: "
                "[](const auto& x, const auto& y) { return x * y; }. For a function of numbers write elementwise_loop");
  if constexpr (is_invocable) {
    using Result =
        std::invoke_result_t<const Function&, decltype((void(Index), std::declval<const FormulaOperand<T>&>()))...>;
    constexpr bool is_expression = xt::is_xexpression<std::remove_cvref_t<Result>>::value;
    static_assert(is_expression,
                  "elementwise: the formula must return an xtensor expression of its arguments, such as x * x; for a "
                  "function of numbers write elementwise_loop");
    if constexpr (is_expression) {
      constexpr bool has_named_part = std::is_reference_v<Result> || Parts<Result>::has_named_part;
      static_assert(
          !has_named_part,
          "elementwise: the formula names a part of itself, which is gone when it returns: instead of `auto y "
          "= x * x; return y + y;` write `return x * x + x * x;`, or use elementwise_loop, where parts may "
          "have names");
      constexpr bool has_named_number = Parts<Result>::has_named_number && std::is_empty_v<Function>;
      static_assert(
          !has_named_number,
          "elementwise: the formula names a number, to which its result would refer: instead of `const double "
          "k = 2; return x * k;` write `return x * number(x, k);`");
      return !has_named_part && !has_named_number;
    }
  }
  return false;
}

template <class Function, std::size_t... Index>
constexpr bool is_function_of_numbers(std::index_sequence<Index...>) {
  constexpr bool is_invocable = takes<Function, double, Index...>;
  static_assert(is_invocable,
                "elementwise_loop<N>: the formula must be a function of N numbers, one for each input: "
                "[](auto x, auto y) { return std::hypot(x, y); }");
  return is_invocable;
}

template <class Function, std::size_t... Index>
constexpr bool gives_boolean(std::index_sequence<Index...>) {
  return std::is_same_v<std::invoke_result_t<const Function&, decltype((void(Index), 0.0))...>, bool>;
}

/// Whether every number that an expression refers to lies between two addresses.
template <class Expression>
bool refers_within(const Expression&, const void*, const void*) {
  return true;
}
template <class Number>
bool refers_within(const xt::xscalar<Number&>& scalar, const void* first, const void* last) {
  const void* number = std::addressof(scalar.expression());
  return !std::less<>()(number, first) && std::less<>()(number, last);
}
template <class Function, class... Operands>
bool refers_within(const xt::xfunction<Function, Operands...>& expression, const void* first, const void* last) {
  return std::apply([&](const auto&... operands) { return (refers_within(operands, first, last) && ...); },
                    expression.arguments());
}

/// Throws ValueError when a formula refers to a number that it does not hold itself.
template <class T, class... Types, class Function, std::size_t... Index>
void expect_captured_numbers(const std::string& name, const Function& formula, std::index_sequence<Index...>) {
  const std::array<T, 1> element{};
  const auto operand = formula_operand(element.data(), 1);
  const auto expression = formula((static_cast<void>(Index), operand)...);
  if (refers_within(expression, &formula, &formula + 1)) return;
  throw ValueError(name +
                   ": the formula names a number, to which its result would refer, or captures one by reference; "
                   "capture numbers by value, [k], and write x * number(x, k)");
}

}  // namespace detail
}  // namespace xgrad
