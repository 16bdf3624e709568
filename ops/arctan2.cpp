#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/inverse_trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/arctan2.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hypot.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/where.hpp>

#include <cmath>

namespace xgrad {
namespace {

/// c * side / (x^2 + y^2), without overflow, 0 at the origin.
Tensor times_side(const Vjp& at, const Tensor& side) {
  const auto length = hypot(at.input(0), at.input(1));
  const auto safe = where(equal(length, 0), ones_like(length), length);
  return at.cotangent() * (side / safe / safe);
}

}  // namespace

Tensor arctan2(const Tensor& y, const Tensor& x) {
  static const auto op =
      elementwise<2, FloatingTypes>("arctan2", elementary::atan2,
                                    {
                                        .vjp = {[](const Vjp& at) { return times_side(at, at.input(1)); },
                                                [](const Vjp& at) { return -times_side(at, at.input(0)); }},
                                        .cost = 30,
                                    });
  return apply(op, {y, x});
}

Tensor arctan2(const Tensor& y, double x) { return arctan2(y, number_like("arctan2", x, y)); }

static const Register registered_arctan2{{
    .name = "arctan2",
    .family = OperatorFamily::binary,
    .signature = "arctan2(y, x)",
    .summary = "The angle of the point (x, y), in all four quadrants.",
    .formula = "arctan(y / x), plus or minus pi where x is negative",
    .gradient = "c * x / (x^2 + y^2) for y, -c * y / (x^2 + y^2) for x, 0 at the origin",
}};

}  // namespace xgrad
