#include <xgrad/framework/core/elementary/hyperbolic.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/softshrink.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/tanh.hpp>

#include <fmt/format.h>

#include <limits>

namespace xgrad {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const VjpRule none = [](const Vjp&) { return std::nullopt; };

/// 0 where |x| <= distance, x where it is NaN, else y.
Tensor where_beyond(const Tensor& x, const Tensor& distance, const Tensor& y) {
  static const auto op = elementwise<3, FloatingTypes>(
      "where_beyond",
      [](const auto& x, const auto& distance, const auto& y) {
        return xt::where(xt::abs(x) <= distance, number(y, 0), xt::where(xt::equal(x, x), y, x));
      },
      {
          .vjp = {none, none, [](const Vjp& at) { return where_beyond(at.input(0), at.input(1), at.cotangent()); }},
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

OperatorEntry shrink_entry(std::string name, std::string summary, std::string formula, double value_at_1000,
                           Tensor (*function)(const Tensor&), Tensor (*with_distance)(const Tensor&, double)) {
  return {
      .name = name,
      .family = OperatorFamily::activation,
      .signature = name + "(x, distance = 0.5)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = "0 where |x| <= distance, else c",
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back({"distance 1.2",
                               {sample_values({3, 4})},
                               [=](auto x) { return with_distance(x[0], 1.2); },
                               {{"distance", {1.2}}}});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = floating_rejections(name, function);
            rejections.push_back({"a negative distance", [=] { with_distance(input({3}), -1); },
                                  name + ": expected a distance of 0 or more, but got -1"});
            return rejections;
          },
      .points = {{{0}, 0, 0},
                 {{0.5}, 0, 0},
                 {{-0.5}, 0, 0},
                 {{1000}, value_at_1000, 1},
                 {{-1000}, -value_at_1000, 1},
                 {{not_a_number}, not_a_number, not_a_number}},
  };
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
                                                           .vjp = {beyond, none},
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
          .vjp = {beyond, none},
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

static const Register registered_softshrink{
    shrink_entry("softshrink", "x moved towards 0 by a distance, and 0 where it is no larger.",
                 "0 where |x| <= distance, else x - sign(x) * distance", 999.5, softshrink, softshrink)};

static const Register registered_hardshrink{
    shrink_entry("hardshrink", "x where it is beyond a distance from 0, else 0.", "0 where |x| <= distance, else x",
                 1000, hardshrink, hardshrink)};

static const Register registered_tanhshrink{{
    .name = "tanhshrink",
    .family = OperatorFamily::activation,
    .signature = "tanhshrink(x)",
    .summary = "x less its hyperbolic tangent.",
    .formula = "x - tanh(x)",
    .gradient = "c * tanh(x)^2",
    .samples = [] { return unary_samples(tanhshrink); },
    .rejections = [] { return floating_rejections("tanhshrink", tanhshrink); },
    .points = {{{0}, 0, 0}, {{1000}, 999, 1}, {{-1000}, -999, 1}},
}};

}  // namespace xgrad
