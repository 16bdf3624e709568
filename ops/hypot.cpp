#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/hypot.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hypot.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/where.hpp>

#include <cmath>
#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// c * side / length, 0 at length 0.
Tensor side_cotangent(const Vjp& at, const Tensor& side) {
  const auto is_zero = equal(at.output(), 0);
  const auto length = where(is_zero, ones_like(at.output()), at.output());
  return at.cotangent() * where(is_zero, zeros_like(at.output()), side / length);
}

}  // namespace

Tensor hypot(const Tensor& left, const Tensor& right) {
  static const auto op =
      elementwise<2, FloatingTypes>("hypot", elementary::hypot,
                                    {
                                        .vjp = {[](const Vjp& at) { return side_cotangent(at, at.input(0)); },
                                                [](const Vjp& at) { return side_cotangent(at, at.input(1)); }},
                                        .cost = 20,
                                    });
  return apply(op, {left, right});
}

Tensor hypot(const Tensor& left, double right) { return hypot(left, number_like("hypot", right, left)); }

static const Register registered_hypot{{
    .name = "hypot",
    .family = OperatorFamily::binary,
    .signature = "hypot(left, right)",
    .summary = "Length of the hypotenuse: the norm of two numbers, without overflow.",
    .formula = "sqrt(left^2 + right^2)",
    .gradient = "c * left / hypot(left, right) for left and the same with right for right, 0 at the origin",
    .samples =
        [] {
          auto samples = binary_samples(hypot);
          samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return hypot(x[0], 1.5); }});
          return samples;
        },
    .rejections =
        [] {
          auto rejections = binary_rejections("hypot", hypot);
          rejections.push_back({"integers", [] { hypot(input({3}, {}, DType::int32), 2); },
                                "hypot: expected one of float32, float64, but got int32"});
          return rejections;
        },
    .points = {{{0, 0}, 0, 0}, {{3, 4}, 5, 0.6}, {{0, 2}, 2, 0}, {{1e30, 0}, 1e30, 1}, {{1, infinity}, infinity, 0}},
}};

}  // namespace xgrad
