#include <xgrad/framework/core/elementary/exponential.hpp>
#include <xgrad/framework/core/elementary/logarithm.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/logaddexp.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/sigmoid.hpp>

#include <numbers>

namespace xgrad {
namespace {

/// left - right, 0 for equal infinities: their share of the sum is one half each, as for other equal numbers.
Tensor difference(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, FloatingTypes>(
      "difference_of_exponents",
      [](const auto& x, const auto& y) { return xt::where(xt::equal(x, y), number(x, 0), x - y); },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent(); }, [](const Vjp& at) { return -at.cotangent(); }},
          .cost = 2,
      });
  return apply(op, {left, right});
}

}  // namespace

Tensor logaddexp(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, FloatingTypes>(
      "logaddexp",
      [](const auto& x, const auto& y) {
        return xt::where(xt::equal(x, y), x + number(x, std::numbers::ln2),
                         xt::where(x > y, x, y) + elementary::log1p(elementary::exp(-xt::abs(x - y))));
      },
      {
          .vjp = {[](const Vjp& at) { return at.cotangent() * sigmoid(difference(at.input(0), at.input(1))); },
                  [](const Vjp& at) { return at.cotangent() * sigmoid(difference(at.input(1), at.input(0))); }},
          .cost = 25,
      });
  return apply(op, {left, right});
}

Tensor logaddexp2(const Tensor& left, const Tensor& right) {
  static const auto op = elementwise<2, FloatingTypes>(
      "logaddexp2",
      [](const auto& x, const auto& y) {
        return xt::where(xt::equal(x, y), x + number(x, 1),
                         xt::where(x > y, x, y) +
                             elementary::log1p(elementary::exp2(-xt::abs(x - y))) * number(x, std::numbers::log2e));
      },
      {
          .vjp = {[](const Vjp& at) {
                    return at.cotangent() * sigmoid(std::numbers::ln2 * difference(at.input(0), at.input(1)));
                  },
                  [](const Vjp& at) {
                    return at.cotangent() * sigmoid(std::numbers::ln2 * difference(at.input(1), at.input(0)));
                  }},
          .cost = 25,
      });
  return apply(op, {left, right});
}

Tensor logaddexp(const Tensor& left, double right) { return logaddexp(left, number_like("logaddexp", right, left)); }
Tensor logaddexp2(const Tensor& left, double right) { return logaddexp2(left, number_like("logaddexp2", right, left)); }

static const Register registered_logaddexp{{
    .name = "logaddexp",
    .family = OperatorFamily::binary,
    .signature = "logaddexp(left, right)",
    .summary = "Logarithm of the sum of two exponentials, without overflow.",
    .formula = "log(e^left + e^right)",
    .gradient = "c * sigmoid(left - right) for left, c * sigmoid(right - left) for right",
}};

static const Register registered_logaddexp2{{
    .name = "logaddexp2",
    .family = OperatorFamily::binary,
    .signature = "logaddexp2(left, right)",
    .summary = "Logarithm to base 2 of the sum of two powers of 2, without overflow.",
    .formula = "log2(2^left + 2^right)",
    .gradient = "c * 2^left / (2^left + 2^right) for left, c * 2^right / (2^left + 2^right) for right",
}};

}  // namespace xgrad
