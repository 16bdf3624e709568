#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>

#include <functional>

namespace xgrad {
namespace {

// A plain loop: the compiler narrows the comparison of floats to booleans in registers, which xtensor's expressions do
// not.
template <class Compare>
std::shared_ptr<const Formula> comparison(std::string name) {
  return elementwise_loop<2, AllTypes>(std::move(name), Compare());
}

}  // namespace

Tensor equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::equal_to<>>("equal");
  return apply(op, {left, right});
}

Tensor not_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::not_equal_to<>>("not_equal");
  return apply(op, {left, right});
}

Tensor greater(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::greater<>>("greater");
  return apply(op, {left, right});
}

Tensor greater_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::greater_equal<>>("greater_equal");
  return apply(op, {left, right});
}

Tensor less(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::less<>>("less");
  return apply(op, {left, right});
}

Tensor less_equal(const Tensor& left, const Tensor& right) {
  static const auto op = comparison<std::less_equal<>>("less_equal");
  return apply(op, {left, right});
}

Tensor equal(const Tensor& left, Number right) { return equal(left, number_like("equal", right, left)); }
Tensor not_equal(const Tensor& left, Number right) { return not_equal(left, number_like("not_equal", right, left)); }
Tensor greater(const Tensor& left, Number right) { return greater(left, number_like("greater", right, left)); }
Tensor greater_equal(const Tensor& left, Number right) {
  return greater_equal(left, number_like("greater_equal", right, left));
}
Tensor less(const Tensor& left, Number right) { return less(left, number_like("less", right, left)); }
Tensor less_equal(const Tensor& left, Number right) { return less_equal(left, number_like("less_equal", right, left)); }

static const Register registered_equal{{
    .name = "equal",
    .family = OperatorFamily::binary,
    .signature = "equal(left, right)",
    .summary = "Whether left = right, element by element, with broadcasting.",
    .formula = "left = right",
    .gradient = "none: the result is boolean",
}};
static const Register registered_not_equal{{
    .name = "not_equal",
    .family = OperatorFamily::binary,
    .signature = "not_equal(left, right)",
    .summary = "Whether left != right, element by element, with broadcasting.",
    .formula = "left != right",
    .gradient = "none: the result is boolean",
}};
static const Register registered_greater{{
    .name = "greater",
    .family = OperatorFamily::binary,
    .signature = "greater(left, right)",
    .summary = "Whether left > right, element by element, with broadcasting.",
    .formula = "left > right",
    .gradient = "none: the result is boolean",
}};
static const Register registered_greater_equal{{
    .name = "greater_equal",
    .family = OperatorFamily::binary,
    .signature = "greater_equal(left, right)",
    .summary = "Whether left >= right, element by element, with broadcasting.",
    .formula = "left >= right",
    .gradient = "none: the result is boolean",
}};
static const Register registered_less{{
    .name = "less",
    .family = OperatorFamily::binary,
    .signature = "less(left, right)",
    .summary = "Whether left < right, element by element, with broadcasting.",
    .formula = "left < right",
    .gradient = "none: the result is boolean",
}};
static const Register registered_less_equal{{
    .name = "less_equal",
    .family = OperatorFamily::binary,
    .signature = "less_equal(left, right)",
    .summary = "Whether left <= right, element by element, with broadcasting.",
    .formula = "left <= right",
    .gradient = "none: the result is boolean",
}};

}  // namespace xgrad
