#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/hard_tanh.hpp>
#include <xgrad/ops/multiply.hpp>

#include <fmt/format.h>

#include <limits>

namespace xgrad {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const VjpRule none = [](const Vjp&) { return std::nullopt; };

/// y where low < x < high, x where it is NaN, else 0.
Tensor where_between(const Tensor& x, const Tensor& low, const Tensor& high, const Tensor& y) {
  static const auto op = elementwise<4, FloatingTypes>(
      "where_between",
      [](const auto& x, const auto& low, const auto& high, const auto& y) {
        return xt::where(x <= low, number(y, 0), xt::where(x < high, y, xt::where(x >= high, number(y, 0), x)));
      },
      {
          .vjp = {none, none, none,
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
                  none, none},
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

OperatorEntry hard_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                         std::vector<SpecialPoint> points, Tensor (*function)(const Tensor&)) {
  return {
      .name = name,
      .family = OperatorFamily::activation,
      .signature = name + "(x)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back(
                {"on all sides of the kinks", {sample_values({3, 4}, -8, 8)}, [=](auto x) { return function(x[0]); }});
            return samples;
          },
      .rejections = [=] { return floating_rejections(name, function); },
      .points = std::move(points),
  };
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

static const Register registered_hard_tanh{[] {
  auto entry =
      hard_entry("hard_tanh", "x kept within two numbers.", "min(max(x, low), high)", "c where low < x < high, else 0",
                 {{{1}, 1, 0},
                  {{-1}, -1, 0},
                  {{0}, 0, 1},
                  {{1000}, 1, 0},
                  {{-1000}, -1, 0},
                  {{not_a_number}, not_a_number, not_a_number}},
                 hard_tanh);
  entry.signature = "hard_tanh(x, low = -1, high = 1)";
  entry.samples = [plain = entry.samples] {
    auto samples = plain();
    samples.push_back({"between -0.5 and 1.5",
                       {sample_values({3, 4})},
                       [](auto x) { return hard_tanh(x[0], -0.5, 1.5); },
                       {{"low", {-0.5}}, {"high", {1.5}}}});
    return samples;
  };
  entry.rejections = [plain = entry.rejections] {
    auto rejections = plain();
    rejections.push_back(
        {"low above high", [] { hard_tanh(input({3}), 2, 1); }, "hard_tanh: expected low < high, but got 2 and 1"});
    return rejections;
  };
  return entry;
}()};

static const Register registered_relu6{hard_entry(
    "relu6", "Rectifier that ends at 6.", "min(max(x, 0), 6)", "c where 0 < x < 6, else 0",
    {{{0}, 0, 0}, {{6}, 6, 0}, {{1000}, 6, 0}, {{-1000}, 0, 0}, {{not_a_number}, not_a_number, not_a_number}}, relu6)};

static const Register registered_hard_sigmoid{hard_entry("hard_sigmoid", "Sigmoid of straight lines.",
                                                         "min(max(x + 3, 0), 6) / 6", "c / 6 where -3 < x < 3, else 0",
                                                         {{{-3}, 0, 0},
                                                          {{3}, 1, 0},
                                                          {{0}, 0.5, 1.0 / 6},
                                                          {{1000}, 1, 0},
                                                          {{-1000}, 0, 0},
                                                          {{not_a_number}, not_a_number, not_a_number}},
                                                         hard_sigmoid)};

static const Register registered_hard_swish{hard_entry("hard_swish", "x times its hard_sigmoid.",
                                                       "x * min(max(x + 3, 0), 6) / 6",
                                                       "0 where x <= -3, c where x >= 3, else c * (x / 3 + 1 / 2)",
                                                       {{{-3}, 0, 0},
                                                        {{3}, 3, 1},
                                                        {{0}, 0, 0.5},
                                                        {{1000}, 1000, 1},
                                                        {{-1000}, 0, 0},
                                                        {{not_a_number}, not_a_number, not_a_number}},
                                                       hard_swish)};

}  // namespace xgrad
