#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log2.hpp>
#include <xgrad/ops/multiply.hpp>

#include <numbers>

namespace xgrad {
Tensor log2(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "log2", elementary::log2,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * std::numbers::log2e / at.input(); }},
          .cost = 10,
      });
  return apply(op, {x});
}

Tensor log10(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "log10", elementary::log10,
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * std::numbers::log10e / at.input(); }},
          .cost = 10,
      });
  return apply(op, {x});
}

static const Register registered_log2{{
    .name = "log2",
    .family = OperatorFamily::unary,
    .signature = "log2(x)",
    .summary = "Logarithm to base 2.",
    .formula = "log(x) / log(2)",
    .gradient = "c / (x * log(2))",
}};

static const Register registered_log10{{
    .name = "log10",
    .family = OperatorFamily::unary,
    .signature = "log10(x)",
    .summary = "Logarithm to base 10.",
    .formula = "log(x) / log(10)",
    .gradient = "c / (x * log(10))",
}};

}  // namespace xgrad
