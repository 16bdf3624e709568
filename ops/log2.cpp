#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log2.hpp>
#include <xgrad/ops/multiply.hpp>

#include <limits>
#include <numbers>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

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

static const Register registered_log2{unary_operator(
    log2, 0.3, 3,
    {
        .name = "log2",
        .summary = "Logarithm to base 2.",
        .formula = "log(x) / log(2)",
        .gradient = "c / (x * log(2))",
        .points = {{{0}, -infinity, infinity}, {{1024}, 10, std::numbers::log2e / 1024}, {{infinity}, infinity, 0}},
    })};

static const Register registered_log10{unary_operator(
    log10, 0.3, 3,
    {
        .name = "log10",
        .summary = "Logarithm to base 10.",
        .formula = "log(x) / log(10)",
        .gradient = "c / (x * log(10))",
        .points = {{{0}, -infinity, infinity}, {{1000}, 3, std::numbers::log10e / 1000}, {{infinity}, infinity, 0}},
    })};

}  // namespace xgrad
