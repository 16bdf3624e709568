#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/threshold.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const VjpRule none = [](const Vjp&) { return std::nullopt; };

/// y where x > limit, x where it is NaN, else 0.
Tensor where_above(const Tensor& x, const Tensor& limit, const Tensor& y) {
  static const auto op = elementwise<3, FloatingTypes>(
      "where_above",
      [](const auto& x, const auto& limit, const auto& y) {
        return xt::where(x <= limit, number(y, 0), xt::where(xt::equal(x, x), y, x));
      },
      {
          .vjp = {none, none, [](const Vjp& at) { return where_above(at.input(0), at.input(1), at.cotangent()); }},
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
          .vjp = {[](const Vjp& at) { return where_above(at.input(0), at.input(1), at.cotangent()); }, none, none},
          .cost = 2,
      });
  return apply(op, {x, scalar(limit, x.dtype()), scalar(value, x.dtype())});
}

namespace {

Tensor threshold_for_samples(const Tensor& x) { return threshold(x, 0.5, -20); }

const Register registered_threshold{{
    .name = "threshold",
    .family = OperatorFamily::activation,
    .signature = "threshold(x, limit, value)",
    .summary = "x where it is above a limit, else a value.",
    .formula = "x where x > limit, else value",
    .gradient = "c where x > limit, else 0",
    .samples = [] { return unary_samples(threshold_for_samples); },
    .rejections = [] { return floating_rejections("threshold", threshold_for_samples); },
    .points = {{{0.5}, -20, 0}, {{1000}, 1000, 1}, {{-1000}, -20, 0}, {{not_a_number}, not_a_number, not_a_number}},
}};

}  // namespace

}  // namespace xgrad
