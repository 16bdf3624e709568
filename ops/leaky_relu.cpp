#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/leaky_relu.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/no_cotangent.hpp>

#include <limits>

namespace xgrad {
namespace {

/// y where x <= 0, else 0.
Tensor where_not_positive(const Tensor& x, const Tensor& y) {
  static const auto op = elementwise<2, FloatingTypes>(
      "where_not_positive", [](const auto& x, const auto& y) { return xt::where(x > number(x, 0), number(x, 0), y); },
      {.vjp = {no_cotangent, [](const Vjp& at) { return where_not_positive(at.input(0), at.cotangent()); }}});
  return apply(op, {x, y});
}

/// y where x > 0, else slope * y, which is 0 for a slope of 0, and x where it is NaN: the cotangent of x for the
/// cotangent y.
Tensor sloped(const Tensor& x, const Tensor& slope, const Tensor& y) {
  static const auto op = elementwise<3, FloatingTypes>(
      "leaky_relu_gradient",
      [](const auto& x, const auto& slope, const auto& y) {
        return xt::where(
            x > number(x, 0), y,
            xt::where(x <= number(x, 0), xt::where(xt::equal(slope, number(x, 0)), number(x, 0), slope * y), x));
      },
      {
          .vjp = {no_cotangent,
                  [](const Vjp& at) {
                    return where_not_positive(at.input(0), multiply_nonzeros(at.input(2), at.cotangent()));
                  },
                  [](const Vjp& at) { return sloped(at.input(0), at.input(1), at.cotangent()); }},
          .cost = 2,
      });
  return apply(op, {x, slope, y});
}

std::shared_ptr<const Formula> rectifier(std::string name, VjpRule slope_rule) {
  return elementwise<2, FloatingTypes>(
      std::move(name),
      // A slope of 0 gives 0 at -infinity as well, and NaN stays visible.
      [](const auto& x, const auto& slope) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return xt::where(x > number(x, 0), x,
                         xt::where(xt::equal(slope, number(x, 0)),
                                   xt::where(xt::equal(x, number(x, -infinity)), slope, slope * x), slope * x));
      },
      {
          .vjp = {[](const Vjp& at) { return sloped(at.input(0), at.input(1), at.cotangent()); },
                  std::move(slope_rule)},
          .cost = 2,
      });
}

}  // namespace

Tensor leaky_relu(const Tensor& x) { return leaky_relu(x, 0.01); }

Tensor leaky_relu(const Tensor& x, double negative_slope) {
  static const auto op = rectifier("leaky_relu", no_cotangent);
  return apply(op, {x, scalar(negative_slope, x.dtype())});
}

Tensor prelu(const Tensor& x, const Tensor& slope) {
  static const auto op = rectifier("prelu", [](const Vjp& at) {
    return where_not_positive(at.input(0), multiply_nonzeros(at.input(0), at.cotangent()));
  });
  return apply(op, {x, slope});
}

static const Register registered_leaky_relu{{
    .name = "leaky_relu",
    .family = OperatorFamily::activation,
    .signature = "leaky_relu(x, negative_slope = 0.01)",
    .summary = "Rectifier that lets a little of the negative part through.",
    .formula = "x where x > 0, else negative_slope * x",
    .gradient = "c where x > 0, else c * negative_slope",
}};

static const Register registered_prelu{{
    .name = "prelu",
    .family = OperatorFamily::activation,
    .signature = "prelu(x, slope)",
    .summary = "Rectifier with a learned slope for the negative part.",
    .formula = "x where x > 0, else slope * x",
    .gradient = "c where x > 0, else c * slope, for x; 0 where x > 0, else c * x, for slope",
}};

}  // namespace xgrad
