#pragma once

#include <xgrad/framework/core/xtensor.hpp>

#include <type_traits>

namespace xgrad::detail {

/// What is given in place of a standard function of an expression, so that there is one error and not a hundred.
template <class Expression>
Expression no_standard_function(const Expression& expression) {
  static_assert(
      !sizeof(Expression),
      "a formula computes with whole expressions: write xt::exp(x), xt::pow(x, y), ... instead of std::exp(x), "
      "std::pow(x, y), ..., or use elementwise_loop, whose formula gets numbers");
  return expression;
}

template <class Expression>
concept FormulaExpression = xt::is_xexpression<std::remove_cvref_t<Expression>>::value;

}  // namespace xgrad::detail

// Functions of the standard library do not take expressions. These stand among them for the sake of one sentence in
// place of all candidates that do not fit; nothing that compiles ever calls one. The empty pack makes them the worse
// match beside xtensor's own, wherever both are found.
namespace std {

// clang-format off
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> exp(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> exp2(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> expm1(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> log(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> log2(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> log10(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> log1p(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> sqrt(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> cbrt(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> sin(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> cos(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> tan(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> asin(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> acos(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> atan(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> sinh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> cosh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> tanh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> asinh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> acosh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> atanh(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> erf(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> erfc(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> tgamma(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> lgamma(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> abs(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> fabs(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> floor(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> ceil(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> trunc(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> round(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> rint(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> isnan(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> isinf(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <xgrad::detail::FormulaExpression X, class... None> requires(sizeof...(None) == 0)
remove_cvref_t<X> isfinite(X&& x, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> pow(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> hypot(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> atan2(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> fmod(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> fmax(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
template <class X, class Y, class... None>
requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>)
remove_cvref_t<X> fmin(X&& x, Y&&, None...) { return xgrad::detail::no_standard_function(x); }
// clang-format on

}  // namespace std
