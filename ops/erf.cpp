#include <xgrad/framework/core/elementary/error_function.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/erf.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/square.hpp>

#include <numbers>

namespace xgrad {
namespace {

constexpr double slope_at_zero = 2 * std::numbers::inv_sqrtpi;

}  // namespace

Tensor erf(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "erf", elementary::erf,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (slope_at_zero * exp(-square(at.input()))); }},
          .cost = 30,
      });
  return apply(op, {x});
}

Tensor erfc(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "erfc", elementary::erfc,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * (-slope_at_zero * exp(-square(at.input()))); }},
          .cost = 30,
      });
  return apply(op, {x});
}

static const Register registered_erf{{
    .name = "erf",
    .family = OperatorFamily::unary,
    .signature = "erf(x)",
    .summary = "The error function.",
    .formula = "2 / sqrt(pi) * integral of e^(-t^2) from 0 to x",
    .gradient = "c * 2 / sqrt(pi) * e^(-x^2)",
}};

static const Register registered_erfc{{
    .name = "erfc",
    .family = OperatorFamily::unary,
    .signature = "erfc(x)",
    .summary = "1 - erf(x), without cancellation.",
    .formula = "2 / sqrt(pi) * integral of e^(-t^2) from x to infinity",
    .gradient = "-c * 2 / sqrt(pi) * e^(-x^2)",
}};

}  // namespace xgrad
