#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/leaky_relu.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>

#include <limits>

namespace xgrad {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const VjpRule none = [](const Vjp&) { return std::nullopt; };

/// y where x <= 0, else 0.
Tensor where_not_positive(const Tensor& x, const Tensor& y) {
  static const auto op = elementwise<2, FloatingTypes>(
      "where_not_positive", [](const auto& x, const auto& y) { return xt::where(x > number(x, 0), number(x, 0), y); },
      {.vjp = {none, [](const Vjp& at) { return where_not_positive(at.input(0), at.cotangent()); }}});
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
          .vjp = {none,
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
  static const auto op = rectifier("leaky_relu", none);
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
    .samples =
        [] {
          auto samples = unary_samples(leaky_relu);
          samples.push_back(
              {"slope 0.3", {sample_values({3, 4})}, [](auto x) { return leaky_relu(x[0], 0.3); }, {{"slope", {0.3}}}});
          return samples;
        },
    .rejections = [] { return floating_rejections("leaky_relu", leaky_relu); },
    .points = {{{0}, 0, 0.01}, {{1000}, 1000, 1}, {{-1000}, -10, 0.01}, {{not_a_number}, not_a_number, not_a_number}},
}};

static const Register registered_prelu{{
    .name = "prelu",
    .family = OperatorFamily::activation,
    .signature = "prelu(x, slope)",
    .summary = "Rectifier with a learned slope for the negative part.",
    .formula = "x where x > 0, else slope * x",
    .gradient = "c where x > 0, else c * slope, for x; 0 where x > 0, else c * x, for slope",
    .samples = [] { return binary_samples(prelu); },
    .rejections = [] { return binary_rejections("prelu", prelu); },
    .points = {{{0, 0.25}, 0, 0.25},
               {{1000, 0.25}, 1000, 1},
               {{-1000, 0.25}, -250, 0.25},
               {{3, not_a_number}, 3, 1},
               {{not_a_number, 0.25}, not_a_number, not_a_number}},
}};

}  // namespace xgrad
