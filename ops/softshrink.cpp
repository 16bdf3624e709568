#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/no_cotangent.hpp>
#include <xgrad/ops/softshrink.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/tanh.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// 0 where |x| <= distance, x where it is NaN, else y.
Tensor where_beyond(const Tensor& x, const Tensor& distance, const Tensor& y) {
  static const auto op = elementwise<3, FloatingTypes>(
      "where_beyond",
      [](const auto& x, const auto& distance, const auto& y) {
        return xt::where(xt::abs(x) <= distance, number(y, 0), xt::where(xt::equal(x, x), y, x));
      },
      {
          .vjp = {no_cotangent, no_cotangent,
                  [](const Vjp& at) { return where_beyond(at.input(0), at.input(1), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {x, distance, y});
}

const VjpRule beyond = [](const Vjp& at) { return where_beyond(at.input(0), at.input(1), at.cotangent()); };

Tensor distance_like(std::string_view name, const Tensor& x, double distance) {
  if (!(distance >= 0)) {
    throw ValueError(fmt::format("{}: expected a distance of 0 or more, but got {}", name, distance));
  }
  return scalar(distance, x.dtype());
}

}  // namespace

Tensor softshrink(const Tensor& x) { return softshrink(x, 0.5); }

Tensor softshrink(const Tensor& x, double distance) {
  static const auto op = elementwise<2, FloatingTypes>("softshrink",
                                                       [](const auto& x, const auto& distance) {
                                                         return xt::where(xt::abs(x) <= distance, number(x, 0),
                                                                          x - xt::sign(x) * distance);
                                                       },
                                                       {
                                                           .vjp = {beyond, no_cotangent},
                                                           .cost = 4,
                                                       });
  return apply(op, {x, distance_like("softshrink", x, distance)});
}

Tensor hardshrink(const Tensor& x) { return hardshrink(x, 0.5); }

Tensor hardshrink(const Tensor& x, double distance) {
  static const auto op = elementwise<2, FloatingTypes>(
      "hardshrink",
      [](const auto& x, const auto& distance) { return xt::where(xt::abs(x) <= distance, number(x, 0), x); },
      {
          .vjp = {beyond, no_cotangent},
          .cost = 2,
      });
  return apply(op, {x, distance_like("hardshrink", x, distance)});
}

Tensor tanhshrink(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "tanhshrink", [](const auto& x) { return x - elementary::tanh(x); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * square(tanh(at.input())); }},
          .cost = 20,
      });
  return apply(op, {x});
}

static const Register registered_softshrink{{
    .name = "softshrink",
    .family = OperatorFamily::activation,
    .signature = "softshrink(x, distance = 0.5)",
    .summary = "x moved towards 0 by a distance, and 0 where it is no larger.",
    .formula = "0 where |x| <= distance, else x - sign(x) * distance",
    .gradient = "0 where |x| <= distance, else c",
}};

static const Register registered_hardshrink{{
    .name = "hardshrink",
    .family = OperatorFamily::activation,
    .signature = "hardshrink(x, distance = 0.5)",
    .summary = "x where it is beyond a distance from 0, else 0.",
    .formula = "0 where |x| <= distance, else x",
    .gradient = "0 where |x| <= distance, else c",
}};

static const Register registered_tanhshrink{{
    .name = "tanhshrink",
    .family = OperatorFamily::activation,
    .signature = "tanhshrink(x)",
    .summary = "x less its hyperbolic tangent.",
    .formula = "x - tanh(x)",
    .gradient = "c * tanh(x)^2",
}};

}  // namespace xgrad
