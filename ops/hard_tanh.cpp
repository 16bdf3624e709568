#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hard_tanh.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/no_cotangent.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// y where low < x < high, x where it is NaN, else 0.
Tensor where_between(const Tensor& x, const Tensor& low, const Tensor& high, const Tensor& y) {
  static const auto op = elementwise<4, FloatingTypes>(
      "where_between",
      [](const auto& x, const auto& low, const auto& high, const auto& y) {
        return xt::where(x <= low, number(y, 0), xt::where(x < high, y, xt::where(x >= high, number(y, 0), x)));
      },
      {
          .vjp = {no_cotangent, no_cotangent, no_cotangent,
                  [](const Vjp& at) { return where_between(at.input(0), at.input(1), at.input(2), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {x, low, high, y});
}

Tensor where_between(const Tensor& x, double low, double high, const Tensor& y) {
  return where_between(x, scalar(low, x.dtype()), scalar(high, x.dtype()), y);
}

/// The numbers low and high where x is beyond them, else x.
std::shared_ptr<const Formula> clipping(std::string name) {
  return elementwise<3, FloatingTypes>(
      std::move(name),
      // Written so that what is not a number stays visible.
      [](const auto& x, const auto& low, const auto& high) {
        return xt::where(x < low, low, xt::where(x > high, high, x));
      },
      {
          .vjp = {[](const Vjp& at) { return where_between(at.input(0), at.input(1), at.input(2), at.cotangent()); },
                  no_cotangent, no_cotangent},
          .cost = 2,
      });
}

Tensor clip(const std::shared_ptr<const Formula>& op, const Tensor& x, double low, double high) {
  return apply(op, {x, scalar(low, x.dtype()), scalar(high, x.dtype())});
}

/// y times the derivative of hard_swish at x.
Tensor hard_swish_gradient(const Tensor& x, const Tensor& y) {
  static const auto op = elementwise<2, FloatingTypes>(
      "hard_swish_gradient",
      [](const auto& x, const auto& y) {
        return xt::where(x <= number(x, -3), number(x, 0),
                         xt::where(x >= number(x, 3), y, y * (x / number(x, 3) + number(x, 0.5))));
      },
      {
          .vjp = {[](const Vjp& at) { return where_between(at.input(0), -3, 3, at.cotangent() * at.input(1) / 3); },
                  [](const Vjp& at) { return hard_swish_gradient(at.input(0), at.cotangent()); }},
          .cost = 5,
      });
  return apply(op, {x, y});
}

}  // namespace

Tensor hard_tanh(const Tensor& x) { return hard_tanh(x, -1, 1); }

Tensor hard_tanh(const Tensor& x, double low, double high) {
  static const auto op = clipping("hard_tanh");
  if (!(low < high)) throw ValueError(fmt::format("hard_tanh: expected low < high, but got {} and {}", low, high));
  return clip(op, x, low, high);
}

Tensor relu6(const Tensor& x) {
  static const auto op = clipping("relu6");
  return clip(op, x, 0, 6);
}

Tensor hard_sigmoid(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "hard_sigmoid",
      [](const auto& x) {
        return xt::where(x <= number(x, -3), number(x, 0),
                         xt::where(x >= number(x, 3), number(x, 1), (x + number(x, 3)) / number(x, 6)));
      },
      {
          .vjp = {[](const Vjp& at) { return where_between(at.input(), -3, 3, at.cotangent() / 6); }},
          .cost = 5,
      });
  return apply(op, {x});
}

Tensor hard_swish(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>(
      "hard_swish",
      [](const auto& x) {
        return xt::where(x <= number(x, -3), number(x, 0),
                         xt::where(x >= number(x, 3), x, x * (x + number(x, 3)) / number(x, 6)));
      },
      {
          .vjp = {[](const Vjp& at) { return hard_swish_gradient(at.input(), at.cotangent()); }},
          .cost = 6,
      });
  return apply(op, {x});
}

static const Register registered_hard_tanh{{
    .name = "hard_tanh",
    .family = OperatorFamily::activation,
    .signature = "hard_tanh(x, low = -1, high = 1)",
    .summary = "x kept within two numbers.",
    .formula = "min(max(x, low), high)",
    .gradient = "c where low < x < high, else 0",
}};

static const Register registered_relu6{{
    .name = "relu6",
    .family = OperatorFamily::activation,
    .signature = "relu6(x)",
    .summary = "Rectifier that ends at 6.",
    .formula = "min(max(x, 0), 6)",
    .gradient = "c where 0 < x < 6, else 0",
}};

static const Register registered_hard_sigmoid{{
    .name = "hard_sigmoid",
    .family = OperatorFamily::activation,
    .signature = "hard_sigmoid(x)",
    .summary = "Sigmoid of straight lines.",
    .formula = "min(max(x + 3, 0), 6) / 6",
    .gradient = "c / 6 where -3 < x < 3, else 0",
}};

static const Register registered_hard_swish{{
    .name = "hard_swish",
    .family = OperatorFamily::activation,
    .signature = "hard_swish(x)",
    .summary = "x times its hard_sigmoid.",
    .formula = "x * min(max(x + 3, 0), 6) / 6",
    .gradient = "0 where x <= -3, c where x >= 3, else c * (x / 3 + 1 / 2)",
}};

}  // namespace xgrad
