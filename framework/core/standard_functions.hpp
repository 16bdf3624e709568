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
#define XGRAD_NO_FUNCTION_OF_ONE(name)                                    \
  template <xgrad::detail::FormulaExpression X, class... None>            \
  requires(sizeof...(None) == 0) remove_cvref_t<X> name(X&& x, None...) { \
    return xgrad::detail::no_standard_function(x);                        \
  }
#define XGRAD_NO_FUNCTION_OF_TWO(name)                                                                                \
  template <class X, class Y, class... None>                                                                          \
  requires(sizeof...(None) == 0 && xgrad::detail::FormulaExpression<X>) remove_cvref_t<X> name(X&& x, Y&&, None...) { \
    return xgrad::detail::no_standard_function(x);                                                                    \
  }

namespace std {

XGRAD_NO_FUNCTION_OF_ONE(exp)
XGRAD_NO_FUNCTION_OF_ONE(exp2)
XGRAD_NO_FUNCTION_OF_ONE(expm1)
XGRAD_NO_FUNCTION_OF_ONE(log)
XGRAD_NO_FUNCTION_OF_ONE(log2)
XGRAD_NO_FUNCTION_OF_ONE(log10)
XGRAD_NO_FUNCTION_OF_ONE(log1p)
XGRAD_NO_FUNCTION_OF_ONE(sqrt)
XGRAD_NO_FUNCTION_OF_ONE(cbrt)
XGRAD_NO_FUNCTION_OF_ONE(sin)
XGRAD_NO_FUNCTION_OF_ONE(cos)
XGRAD_NO_FUNCTION_OF_ONE(tan)
XGRAD_NO_FUNCTION_OF_ONE(asin)
XGRAD_NO_FUNCTION_OF_ONE(acos)
XGRAD_NO_FUNCTION_OF_ONE(atan)
XGRAD_NO_FUNCTION_OF_ONE(sinh)
XGRAD_NO_FUNCTION_OF_ONE(cosh)
XGRAD_NO_FUNCTION_OF_ONE(tanh)
XGRAD_NO_FUNCTION_OF_ONE(asinh)
XGRAD_NO_FUNCTION_OF_ONE(acosh)
XGRAD_NO_FUNCTION_OF_ONE(atanh)
XGRAD_NO_FUNCTION_OF_ONE(erf)
XGRAD_NO_FUNCTION_OF_ONE(erfc)
XGRAD_NO_FUNCTION_OF_ONE(tgamma)
XGRAD_NO_FUNCTION_OF_ONE(lgamma)
XGRAD_NO_FUNCTION_OF_ONE(abs)
XGRAD_NO_FUNCTION_OF_ONE(fabs)
XGRAD_NO_FUNCTION_OF_ONE(floor)
XGRAD_NO_FUNCTION_OF_ONE(ceil)
XGRAD_NO_FUNCTION_OF_ONE(trunc)
XGRAD_NO_FUNCTION_OF_ONE(round)
XGRAD_NO_FUNCTION_OF_ONE(rint)
XGRAD_NO_FUNCTION_OF_ONE(isnan)
XGRAD_NO_FUNCTION_OF_ONE(isinf)
XGRAD_NO_FUNCTION_OF_ONE(isfinite)
XGRAD_NO_FUNCTION_OF_TWO(pow)
XGRAD_NO_FUNCTION_OF_TWO(hypot)
XGRAD_NO_FUNCTION_OF_TWO(atan2)
XGRAD_NO_FUNCTION_OF_TWO(fmod)
XGRAD_NO_FUNCTION_OF_TWO(fmax)
XGRAD_NO_FUNCTION_OF_TWO(fmin)

}  // namespace std

#undef XGRAD_NO_FUNCTION_OF_ONE
#undef XGRAD_NO_FUNCTION_OF_TWO
