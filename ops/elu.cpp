#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/elu.hpp>
#include <xgrad/ops/multiply.hpp>

namespace xgrad {
namespace {

/// above where x > 0, else below * e^(rate * x): the derivative of an exponential linear unit, and its own but for the
/// numbers.
Tensor exponential_step(const Tensor& x, const Tensor& above, const Tensor& below, const Tensor& rate) {
  static const auto none = [](const Vjp&) { return std::nullopt; };
  static const auto op = elementwise<4, FloatingTypes>(
      "exponential_step",
      [](const auto& x, const auto& above, const auto& below, const auto& rate) {
        return xt::where(x > number(x, 0), above, below * elementary::exp(rate * x));
      },
      {
          .vjp = {[](const Vjp& at) {
                    return at.cotangent() * exponential_step(at.input(0), zeros_like(at.input(1)),
                                                             at.input(2) * at.input(3), at.input(3));
                  },
                  none, none, none},
          .cost = 20,
      });
  return apply(op, {x, above, below, rate});
}

/// An operator of x and the numbers above, below and rate: above * x where x > 0, else below * (e^(rate * x) - 1).
std::shared_ptr<const Formula> exponential_linear(std::string name) {
  static const auto none = [](const Vjp&) { return std::nullopt; };
  return elementwise<4, FloatingTypes>(
      std::move(name),
      [](const auto& x, const auto& above, const auto& below, const auto& rate) {
        return xt::where(x > number(x, 0), above * x, below * elementary::expm1(rate * x));
      },
      {
          .vjp = {[](const Vjp& at) {
                    return at.cotangent() *
                           exponential_step(at.input(0), at.input(1), at.input(2) * at.input(3), at.input(3));
                  },
                  none, none, none},
          .cost = 20,
      });
}

Tensor apply_numbers(const std::shared_ptr<const Formula>& op, const Tensor& x, double above, double below,
                     double rate) {
  return apply(op, {x, scalar(above, x.dtype()), scalar(below, x.dtype()), scalar(rate, x.dtype())});
}

constexpr double selu_scale = 1.0507009873554804934193349852946;
constexpr double selu_alpha = 1.6732632423543772848170429916717;

}  // namespace

Tensor elu(const Tensor& x) { return elu(x, 1); }

Tensor elu(const Tensor& x, double alpha) {
  static const auto op = exponential_linear("elu");
  return apply_numbers(op, x, 1, alpha, 1);
}

Tensor selu(const Tensor& x) {
  static const auto op = exponential_linear("selu");
  return apply_numbers(op, x, selu_scale, selu_scale * selu_alpha, 1);
}

Tensor celu(const Tensor& x) { return celu(x, 1); }

Tensor celu(const Tensor& x, double alpha) {
  static const auto op = exponential_linear("celu");
  if (alpha == 0) throw ValueError("celu: expected an alpha that is not 0; use relu for the limit at 0");
  return apply_numbers(op, x, 1, alpha, 1 / alpha);
}

static const Register registered_elu{{
    .name = "elu",
    .family = OperatorFamily::activation,
    .signature = "elu(x, alpha = 1)",
    .summary = "Exponential linear unit: relu with a smooth floor at -alpha.",
    .formula = "x where x > 0, else alpha * (e^x - 1)",
    .gradient = "c where x > 0, else c * alpha * e^x",
}};

static const Register registered_selu{{
    .name = "selu",
    .family = OperatorFamily::activation,
    .signature = "selu(x)",
    .summary = "Exponential linear unit that keeps mean 0 and variance 1.",
    .formula = "s * x where x > 0, else s * a * (e^x - 1) with s = 1.0507009873554805 and a = 1.6732632423543772",
    .gradient = "c * s where x > 0, else c * s * a * e^x",
}};

static const Register registered_celu{{
    .name = "celu",
    .family = OperatorFamily::activation,
    .signature = "celu(x, alpha = 1)",
    .summary = "Exponential linear unit that is smooth at 0.",
    .formula = "x where x > 0, else alpha * (e^(x / alpha) - 1)",
    .gradient = "c where x > 0, else c * e^(x / alpha)",
}};

}  // namespace xgrad
