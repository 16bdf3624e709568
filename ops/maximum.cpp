#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/maximum.hpp>

namespace xgrad {
namespace {

/// The part of the cotangent that belongs to `larger` in a comparison with `smaller`: all of it, half of it, or
/// nothing; NaN where one of them is NaN.
Tensor share_of_larger(const Tensor& larger, const Tensor& smaller, const Tensor& cotangent) {
  static const auto op = elementwise<3, FloatingTypes>(
      "share_of_larger",
      [](const auto& x, const auto& y, const auto& c) {
        return xt::where(x > y, c,
                         xt::where(x < y, number(c, 0), xt::where(xt::equal(x, y), c * number(c, 0.5), x + y)));
      },
      {
          .vjp = {[](const Vjp&) { return std::nullopt; }, [](const Vjp&) { return std::nullopt; },
                  [](const Vjp& at) { return share_of_larger(at.input(0), at.input(1), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {larger, smaller, cotangent});
}

}  // namespace

// Comparisons with NaN do not hold: what is left then is x where that is NaN, and y where that may be.

Tensor maximum(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, NumericTypes>(
      "maximum", [](const auto& x, const auto& y) { return xt::where(x > y, x, xt::where(xt::equal(x, x), y, x)); },
      {
          .vjp = {[](const Vjp& at) { return share_of_larger(at.input(0), at.input(1), at.cotangent()); },
                  [](const Vjp& at) { return share_of_larger(at.input(1), at.input(0), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {left, right});
}

Tensor minimum(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, NumericTypes>(
      "minimum", [](const auto& x, const auto& y) { return xt::where(x < y, x, xt::where(xt::equal(x, x), y, x)); },
      {
          .vjp = {[](const Vjp& at) { return share_of_larger(at.input(1), at.input(0), at.cotangent()); },
                  [](const Vjp& at) { return share_of_larger(at.input(0), at.input(1), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {left, right});
}

Tensor maximum(const Tensor& left, Number right) { return maximum(left, number_like("maximum", right, left)); }
Tensor minimum(const Tensor& left, Number right) { return minimum(left, number_like("minimum", right, left)); }

static const Register registered_maximum{{
    .name = "maximum",
    .family = OperatorFamily::binary,
    .signature = "maximum(left, right)",
    .summary = "The larger of two tensors, element by element, with broadcasting.",
    .formula = "left where left > right, else right",
    .gradient = "c for the larger side, c / 2 for both where they are equal",
}};

static const Register registered_minimum{{
    .name = "minimum",
    .family = OperatorFamily::binary,
    .signature = "minimum(left, right)",
    .summary = "The smaller of two tensors, element by element, with broadcasting.",
    .formula = "left where left < right, else right",
    .gradient = "c for the smaller side, c / 2 for both where they are equal",
}};

}  // namespace xgrad
