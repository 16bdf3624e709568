#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/isfinite.hpp>

#include <cmath>
#include <limits>
#include <type_traits>

namespace xgrad {
namespace {

/// |x| of floating-point numbers; of integers, which are all finite, a 0. Comparing it is a loop that the compiler
/// makes vectors of, unlike std::isfinite.
template <class T>
auto magnitude(T x) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::abs(x);
  } else {
    return 0.0f;
  }
}

}  // namespace

Tensor isnan(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>("isnan", [](auto x) { return !(x == x); });
  return apply(op, {x});
}

Tensor isinf(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>(
      "isinf", [](auto x) { return magnitude(x) == std::numeric_limits<decltype(magnitude(x))>::infinity(); });
  return apply(op, {x});
}

Tensor isfinite(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>(
      "isfinite", [](auto x) { return magnitude(x) <= std::numeric_limits<decltype(magnitude(x))>::max(); });
  return apply(op, {x});
}

static const Register registered_isnan{{
    .name = "isnan",
    .family = OperatorFamily::unary,
    .signature = "isnan(x)",
    .summary = "Whether x is not a number.",
    .formula = "true where x is not a number",
    .gradient = "none: the result is boolean",
}};
static const Register registered_isinf{{
    .name = "isinf",
    .family = OperatorFamily::unary,
    .signature = "isinf(x)",
    .summary = "Whether x is an infinity.",
    .formula = "true where x is an infinity",
    .gradient = "none: the result is boolean",
}};
static const Register registered_isfinite{{
    .name = "isfinite",
    .family = OperatorFamily::unary,
    .signature = "isfinite(x)",
    .summary = "Whether x is neither infinite nor not a number.",
    .formula = "true where x is neither infinite nor not a number",
    .gradient = "none: the result is boolean",
}};

}  // namespace xgrad
