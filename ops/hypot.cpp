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

namespace xgrad {
namespace {

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
}};

}  // namespace xgrad
