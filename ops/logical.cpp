#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/logical.hpp>

namespace xgrad {
// `&` and `|` instead of `&&` and `||`, which are branches.
Tensor logical_and(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_and", [](auto x, auto y) -> bool { return (x != 0) & (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_or(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_or", [](auto x, auto y) -> bool { return (x != 0) | (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_xor(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise_loop<2, AllTypes>("logical_xor", [](auto x, auto y) { return (x != 0) != (y != 0); });
  return apply(op, {left, right});
}

Tensor logical_not(const Tensor& x) {
  static const auto op = elementwise_loop<1, AllTypes>("logical_not", [](auto x) { return x == 0; });
  return apply(op, {x});
}

static const Register registered_logical_and{{
    .name = "logical_and",
    .family = OperatorFamily::binary,
    .signature = "logical_and(left, right)",
    .summary = "Whether left and right, element by element, with broadcasting.",
    .formula = "left and right, where 0 is false",
    .gradient = "none: the result is boolean",
}};
static const Register registered_logical_or{{
    .name = "logical_or",
    .family = OperatorFamily::binary,
    .signature = "logical_or(left, right)",
    .summary = "Whether left or right, element by element, with broadcasting.",
    .formula = "left or right, where 0 is false",
    .gradient = "none: the result is boolean",
}};
static const Register registered_logical_xor{{
    .name = "logical_xor",
    .family = OperatorFamily::binary,
    .signature = "logical_xor(left, right)",
    .summary = "Whether left xor right, element by element, with broadcasting.",
    .formula = "left xor right, where 0 is false",
    .gradient = "none: the result is boolean",
}};

static const Register registered_logical_not{{
    .name = "logical_not",
    .signature = "logical_not(x)",
    .summary = "Whether x is false, which is 0.",
    .formula = "x = 0",
    .gradient = "none: the result is boolean",
}};

}  // namespace xgrad
