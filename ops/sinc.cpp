#include <xgrad/framework/core/elementary/trigonometric.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/power/real_power.hpp>
#include <xgrad/ops/sinc.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
namespace {

/// sin(pi * x) and cos(pi * x), exact where they are 0.
struct Circle {
  explicit Circle(double x) {
    const double nearest = std::nearbyint(x);
    const double angle = std::numbers::pi * (x - nearest);
    const double sign = std::fmod(nearest, 2) == 0 ? 1 : -1;
    sine = sign * elementary::sin(angle);
    cosine = sign * elementary::cos(angle);
  }
  double sine;
  double cosine;
};

double sinc_of(double x) { return x == 0 ? 1 : Circle(x).sine / (std::numbers::pi * x); }

/// The derivative of sin(z) / z, which is the integral over t from 0 to 1 of t^order * cos(z * t + order * pi / 2),
/// from the power series of the cosine.
double derivative_near_zero(int order, double z) {
  const int first = order % 2;  // the lowest power of z
  double power = first == 0 ? 1 : z;
  double sign = (order + first) % 4 == 0 ? 1 : -1;
  double result = 0;
  for (int k = first; std::abs(power) > 1e-18 * std::abs(result); k += 2) {
    result += sign * power / (order + k + 1);
    power *= z * z / ((k + 1) * (k + 2));
    sign = -sign;
  }
  return result;
}

/// The derivative of sinc. Away from 0 the integral above is found by parts, each order from the one below.
double sinc_derivative_of(double order_as_number, double x) {
  const int order = static_cast<int>(order_as_number);
  const double z = std::numbers::pi * x;
  const double scale = real_power(std::numbers::pi, order_as_number);
  if (std::abs(z) < 1 + 0.5 * order) return scale * derivative_near_zero(order, z);
  const Circle circle(x);
  const double sines[] = {circle.sine, circle.cosine, -circle.sine, -circle.cosine};  // of z + n * pi / 2
  double result = sines[0] / z;
  for (int n = 1; n <= order; ++n) result = (sines[n % 4] - n * result) / z;
  return scale * result;
}

/// The order is a tensor, so that the rule has one for the next order.
Tensor sinc_derivative(const Tensor& order, const Tensor& x) {
  static const auto op = elementwise_loop<2, FloatingTypes>(
      "sinc_derivative", [](double order, double x) { return sinc_derivative_of(order, x); },
      {
          .vjp = {[](const Vjp&) { return std::nullopt; },
                  [](const Vjp& at) { return at.cotangent() * sinc_derivative(at.input(0) + 1, at.input(1)); }},
          .cost = 80,
      });
  return apply(op, {order, x});
}

}  // namespace

Tensor sinc(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>(
      "sinc", [](double x) { return sinc_of(x); },
      {
          .vjp = {[](const Vjp& at) {
            return at.cotangent() * sinc_derivative(number_like("sinc", 1, at.input()), at.input());
          }},
          .cost = 40,
      });
  return apply(op, {x});
}

static const Register registered_sinc{{
    .name = "sinc",
    .signature = "sinc(x)",
    .summary = "Sine of pi * x divided by pi * x.",
    .formula = "sin(pi * x) / (pi * x), 1 at 0",
    .gradient = "c * (cos(pi * x) - sinc(x)) / x, 0 at 0",
}};

}  // namespace xgrad
