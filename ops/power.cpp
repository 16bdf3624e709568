#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/neutral_element.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/power.hpp>
#include <xgrad/ops/power/real_power.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/where.hpp>

namespace xgrad {
namespace {

/// c * exponent * base^(exponent - 1).
std::optional<Tensor> base_cotangent(const Vjp& at) {
  const Tensor& base = at.input(0);
  const Tensor& exponent = at.input(1);
  const auto* constant = dynamic_cast<const Constant*>(&exponent.node().op());
  if (constant && constant->value().size() == 1) {
    const double number = constant->value().item();
    if (number == 0) return std::nullopt;
    return at.cotangent() * number * power(base, number - 1);
  }
  // Where both are 0 this would be 0 * infinity; any other base gives the 0 that it is.
  const auto safe = where(equal(exponent, 0), where(equal(base, 0), ones_like(base), base), base);
  return at.cotangent() * exponent * power(safe, exponent - 1);
}

/// c * base^exponent * log(base).
Tensor exponent_cotangent(const Vjp& at) {
  const Tensor& base = at.input(0);
  // 0^exponent stays 0 around every positive exponent: the infinite logarithm must not be seen.
  const auto flat = where(equal(base, 0), ones_like(base), base);
  return at.cotangent() * at.output() * log(where(greater_equal(at.input(1), 0), flat, base));
}

}  // namespace

Tensor power(const Tensor& base, const Tensor& exponent) {
  static const auto op = elementwise<2, FloatingTypes>(
      "power",
      [](const auto& x, const auto& y) {
        // Element by element: xsimd's pow is some units in the last place off, and takes 0^0 and 0^-1 for 0.
        return xt::make_lambda_xfunction([](auto base, auto exponent) { return real_power(base, exponent); }, x, y);
      },
      {
          .vjp = {base_cotangent, exponent_cotangent},
          .cost = 100,
          .simplify = [](auto inputs) -> std::optional<Tensor> {
            const auto& base = inputs[0];
            const auto& exponent = inputs[1];
            if (constant_number(exponent) == 2 && broadcasts_to(exponent.shape(), base.shape())) return square(base);
            return beside_neutral(base, exponent, 1);
          },
      });
  return apply(op, {base, exponent});
}

Tensor power(const Tensor& base, double exponent) {
  if (exponent == 2 && is_floating(base.dtype())) return square(base);
  return power(base, number_like("power", exponent, base));
}

static const Register registered_power{{
    .name = "power",
    .family = OperatorFamily::binary,
    .signature = "power(base, exponent)",
    .summary = "base raised to exponent, element by element, with broadcasting.",
    .formula = "base^exponent",
    .gradient = "c * exponent * base^(exponent - 1) for base, c * base^exponent * log(base) for exponent",
}};

}  // namespace xgrad
