#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/rounding.hpp>

#include <cmath>

namespace xgrad {
// Loops over numbers: what xsimd 8.1 makes of integers on arm64 has no -0.

Tensor floor(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("floor", [](auto x) { return std::floor(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor ceil(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("ceil", [](auto x) { return std::ceil(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor round(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>("round", [](const auto& x) { return xt::nearbyint(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor trunc(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("trunc", [](auto x) { return std::trunc(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

static const Register registered_floor{{
    .name = "floor",
    .family = OperatorFamily::unary,
    .signature = "floor(x)",
    .summary = "The largest whole number that is not above x.",
    .formula = "floor(x)",
    .gradient = "none: the result is constant almost everywhere",
}};
static const Register registered_ceil{{
    .name = "ceil",
    .family = OperatorFamily::unary,
    .signature = "ceil(x)",
    .summary = "The smallest whole number that is not below x.",
    .formula = "ceil(x)",
    .gradient = "none: the result is constant almost everywhere",
}};
static const Register registered_round{{
    .name = "round",
    .family = OperatorFamily::unary,
    .signature = "round(x)",
    .summary = "The nearest whole number, the even one of two.",
    .formula = "round(x)",
    .gradient = "none: the result is constant almost everywhere",
}};
static const Register registered_trunc{{
    .name = "trunc",
    .family = OperatorFamily::unary,
    .signature = "trunc(x)",
    .summary = "x without its fraction.",
    .formula = "trunc(x)",
    .gradient = "none: the result is constant almost everywhere",
}};

}  // namespace xgrad
