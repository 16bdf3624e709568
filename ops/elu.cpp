#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/elu.hpp>
#include <xgrad/ops/multiply.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

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

OperatorEntry exponential_linear_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                                       Tensor (*function)(const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::activation,
      .signature = name + "(x)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .samples = [=] { return unary_samples(function); },
      .rejections = [=] { return floating_rejections(name, function); },
      .points = {{{0}, 0, 1}, {{1000}, 1000, 1}, {{-1000}, -1, 0}, {{not_a_number}, not_a_number, not_a_number}},
  };
}

/// The entry of one that has a parameter.
OperatorEntry with_alpha(OperatorEntry entry, Tensor (*function)(const Tensor&, double)) {
  entry.signature = entry.name + "(x, alpha = 1)";
  entry.samples = [function, plain = entry.samples] {
    auto samples = plain();
    samples.push_back(
        {"alpha 0.7", {sample_values({3, 4})}, [=](auto x) { return function(x[0], 0.7); }, {{"alpha", {0.7}}}});
    return samples;
  };
  return entry;
}

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

static const Register registered_elu{with_alpha(
    exponential_linear_entry("elu", "Exponential linear unit: relu with a smooth floor at -alpha.",
                             "x where x > 0, else alpha * (e^x - 1)", "c where x > 0, else c * alpha * e^x", elu),
    elu)};

static const Register registered_selu{[] {
  auto entry = exponential_linear_entry(
      "selu", "Exponential linear unit that keeps mean 0 and variance 1.",
      "s * x where x > 0, else s * a * (e^x - 1) with s = 1.0507009873554805 and a = 1.6732632423543772",
      "c * s where x > 0, else c * s * a * e^x", selu);
  entry.points = {{{0}, 0, selu_scale * selu_alpha},
                  {{1000}, 1000 * selu_scale, selu_scale},
                  {{-1000}, -selu_scale * selu_alpha, 0},
                  {{not_a_number}, not_a_number, not_a_number}};
  return entry;
}()};

static const Register registered_celu{[] {
  auto entry = with_alpha(exponential_linear_entry("celu", "Exponential linear unit that is smooth at 0.",
                                                   "x where x > 0, else alpha * (e^(x / alpha) - 1)",
                                                   "c where x > 0, else c * e^(x / alpha)", celu),
                          celu);
  entry.rejections = [] {
    auto rejections = floating_rejections("celu", celu);
    rejections.push_back({"alpha 0", [] { celu(input({3}), 0); }, "celu: expected an alpha that is not 0"});
    return rejections;
  };
  return entry;
}()};

}  // namespace xgrad
