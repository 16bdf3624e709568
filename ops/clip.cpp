#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/clip.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/where.hpp>

#include <limits>
#include <tuple>

namespace xgrad {
namespace {

/// The smallest or largest number of a dtype, or its infinity.
Tensor no_bound(DType dtype, bool low) {
  return visit(dtype, [=]<class T>() {
    using Limits = std::numeric_limits<T>;
    if constexpr (Limits::has_infinity) return constant(low ? -Limits::infinity() : Limits::infinity());
    return constant(low ? Limits::lowest() : Limits::max());
  });
}

/// y where x is a number, else NaN.
Tensor where_number(const Tensor& x, const Tensor& y) {
  static const VjpRule none = [](const Vjp&) { return std::nullopt; };
  static const auto op = elementwise<2, FloatingTypes>(
      "where_number", [](const auto& x, const auto& y) { return xt::where(xt::equal(x, x), y, x); },
      {.vjp = {none, [](const Vjp& at) { return where_number(at.input(0), at.cotangent()); }}});
  return apply(op, {x, y});
}

/// The cotangent where a condition does not hold, else 0; NaN where the result is.
Tensor cotangent_unless(const Tensor& condition, const Vjp& at) {
  return where_number(at.output(), where(condition, zeros_like(at.cotangent()), at.cotangent()));
}

Tensor clip_between(const Tensor& x, const Tensor& low, const Tensor& high) {
  static const auto op = elementwise_loop<3, NumericTypes>(
      "clip",
      // NaN stays where one of the three is.
      [](auto x, auto low, auto high) {
        const auto raised = ((x < low) | (low != low)) ? low : x;
        return ((raised > high) | (high != high)) ? high : raised;
      },
      {
          .vjp = {[](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_or(less(x, low), greater(x, high)), at);
                  },
                  [](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_or(greater_equal(x, low), greater(low, high)), at);
                  },
                  [](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_and(less_equal(x, high), less_equal(low, high)), at);
                  }},
          .cost = 2,
      });
  return apply(op, {x, low, high});
}

}  // namespace

Tensor clip(const Tensor& x, const std::optional<Tensor>& low, const std::optional<Tensor>& high) {
  if (!low && !high) throw ValueError("clip: expected a lower or an upper bound, but got none; give one of them");
  return clip_between(x, low ? *low : no_bound(x.dtype(), true), high ? *high : no_bound(x.dtype(), false));
}

Tensor clip(const Tensor& x, std::optional<Number> low, std::optional<Number> high) {
  const auto bound = [&](std::optional<Number> number) {
    return number ? std::optional(number_like("clip", *number, x)) : std::nullopt;
  };
  return clip(x, bound(low), bound(high));
}

static const Register registered_clip{{
    .name = "clip",
    .family = OperatorFamily::binary,
    .signature = "clip(x, low, high)",
    .summary = "x, or the bound beyond which it is, element by element, with broadcasting.",
    .formula = "min(max(x, low), high)",
    .gradient = "c for x where low <= x <= high, for the bound that was taken elsewhere",
}};

}  // namespace xgrad
