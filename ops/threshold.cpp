#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/no_cotangent.hpp>
#include <xgrad/ops/threshold.hpp>

namespace xgrad {
namespace {

/// y where x > limit, x where it is NaN, else 0.
Tensor where_above(const Tensor& x, const Tensor& limit, const Tensor& y) {
  static const auto op = elementwise<3, FloatingTypes>(
      "where_above",
      [](const auto& x, const auto& limit, const auto& y) {
        return xt::where(x <= limit, number(y, 0), xt::where(xt::equal(x, x), y, x));
      },
      {
          .vjp = {no_cotangent, no_cotangent,
                  [](const Vjp& at) { return where_above(at.input(0), at.input(1), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {x, limit, y});
}

}  // namespace

Tensor threshold(const Tensor& x, double limit, double value) {
  static const auto op = elementwise<3, FloatingTypes>(
      "threshold",
      // Written so that what is not a number stays visible.
      [](const auto& x, const auto& limit, const auto& value) { return xt::where(x <= limit, value, x); },
      {
          .vjp = {[](const Vjp& at) { return where_above(at.input(0), at.input(1), at.cotangent()); }, no_cotangent,
                  no_cotangent},
          .cost = 2,
      });
  return apply(op, {x, scalar(limit, x.dtype()), scalar(value, x.dtype())});
}

namespace {

const Register registered_threshold{{
    .name = "threshold",
    .family = OperatorFamily::activation,
    .signature = "threshold(x, limit, value)",
    .summary = "x where it is above a limit, else a value.",
    .formula = "x where x > limit, else value",
    .gradient = "c where x > limit, else 0",
}};

}  // namespace

}  // namespace xgrad
