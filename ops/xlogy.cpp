#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/where.hpp>
#include <xgrad/ops/xlogy.hpp>

#include <cmath>

namespace xgrad {
namespace {

/// y, or 1 where x is 0 and y is not above it: there nothing varies.
Tensor safe_argument(const Vjp& at) {
  const auto is_flat = logical_and(equal(at.input(0), 0), less_equal(at.input(1), 0));
  return where(is_flat, ones_like(at.output()), at.input(1));
}

}  // namespace

Tensor xlogy(const Tensor& x, const Tensor& y) {
  static const auto op = elementwise_loop<2, FloatingTypes>(
      "xlogy", [](auto x, auto y) { return x == 0 && !std::isnan(y) ? 0 : x * elementary::log(y); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * log(safe_argument(at)); },
                  [](const Vjp& at) { return at.cotangent() * at.input(0) / safe_argument(at); }},
          .cost = 10,
      });
  return apply(op, {x, y});
}

Tensor xlogy(const Tensor& x, double y) { return xlogy(x, number_like("xlogy", y, x)); }

static const Register registered_xlogy{{
    .name = "xlogy",
    .family = OperatorFamily::binary,
    .signature = "xlogy(x, y)",
    .summary = "x times the logarithm of y, 0 where x is 0.",
    .formula = "x * log(y), 0 where x = 0",
    .gradient = "c * log(y) for x, c * x / y for y; 0 where x = 0 and y <= 0",
}};

}  // namespace xgrad
