#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/clip.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/where.hpp>

#include <limits>
#include <tuple>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The smallest or largest number of a dtype, or its infinity.
Tensor no_bound(DType dtype, bool low) {
  return visit(dtype, [=]<class T>() {
    using Limits = std::numeric_limits<T>;
    if constexpr (Limits::has_infinity) return constant(low ? -Limits::infinity() : Limits::infinity());
    return constant(low ? Limits::lowest() : Limits::max());
  });
}

/// y where x is a number, else NaN.
Tensor where_number(const Tensor& x, const Tensor& y) {
  static const VjpRule none = [](const Vjp&) { return std::nullopt; };
  static const auto op = elementwise<2, FloatingTypes>(
      "where_number", [](const auto& x, const auto& y) { return xt::where(xt::equal(x, x), y, x); },
      {.vjp = {none, [](const Vjp& at) { return where_number(at.input(0), at.cotangent()); }}});
  return apply(op, {x, y});
}

/// The cotangent where a condition does not hold, else 0; NaN where the result is.
Tensor cotangent_unless(const Tensor& condition, const Vjp& at) {
  return where_number(at.output(), where(condition, zeros_like(at.cotangent()), at.cotangent()));
}

Tensor clip_between(const Tensor& x, const Tensor& low, const Tensor& high) {
  static const auto op = elementwise_loop<3, NumericTypes>(
      "clip",
      // NaN stays where one of the three is.
      [](auto x, auto low, auto high) {
        const auto raised = ((x < low) | (low != low)) ? low : x;
        return ((raised > high) | (high != high)) ? high : raised;
      },
      {
          .vjp = {[](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_or(less(x, low), greater(x, high)), at);
                  },
                  [](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_or(greater_equal(x, low), greater(low, high)), at);
                  },
                  [](const Vjp& at) {
                    const auto& [x, low, high] = std::tie(at.input(0), at.input(1), at.input(2));
                    return cotangent_unless(logical_and(less_equal(x, high), less_equal(low, high)), at);
                  }},
          .cost = 2,
      });
  return apply(op, {x, low, high});
}

}  // namespace

Tensor clip(const Tensor& x, const std::optional<Tensor>& low, const std::optional<Tensor>& high) {
  if (!low && !high) throw ValueError("clip: expected a lower or an upper bound, but got none; give one of them");
  return clip_between(x, low ? *low : no_bound(x.dtype(), true), high ? *high : no_bound(x.dtype(), false));
}

Tensor clip(const Tensor& x, std::optional<Number> low, std::optional<Number> high) {
  const auto bound = [&](std::optional<Number> number) {
    return number ? std::optional(number_like("clip", *number, x)) : std::nullopt;
  };
  return clip(x, bound(low), bound(high));
}

static const Register registered_clip{{
    .name = "clip",
    .family = OperatorFamily::binary,
    .signature = "clip(x, low, high)",
    .summary = "x, or the bound beyond which it is, element by element, with broadcasting.",
    .formula = "min(max(x, low), high)",
    .gradient = "c for x where low <= x <= high, for the bound that was taken elsewhere",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents x, Extents low, Extents high) {
            samples.push_back({std::move(label),
                               {sample_values(x), sample_values(low, -1.5, -0.2, 1), sample_values(high, 0.2, 1.5, 2)},
                               [](auto inputs) { return clip(inputs[0], inputs[1], inputs[2]); }});
          };
          add("matrices", {2, 3}, {2, 3}, {2, 3});
          add("all repeated", {2, 1}, {3}, {4, 1, 1});
          add("scalars", {}, {}, {});
          add("one element", {1}, {1}, {1});
          add("no elements", {0, 3}, {3}, {});
          samples.push_back({"crossed bounds",
                             {sample_values({4}), sample_values({4}, 0.2, 1.5, 1), sample_values({4}, -1.5, -0.2, 2)},
                             [](auto x) { return clip(x[0], x[1], x[2]); }});
          const auto numbers = [&](std::string label, Array x, std::optional<double> low, std::optional<double> high) {
            std::map<std::string, std::vector<double>> arguments;
            if (low) arguments["low"] = {*low};
            if (high) arguments["high"] = {*high};
            samples.push_back({std::move(label),
                               {std::move(x)},
                               [=](auto inputs) { return clip(inputs[0], low, high); },
                               std::move(arguments)});
          };
          numbers("numbers", sample_values({2, 3}), -1, 0.5);
          numbers("no upper bound", sample_values({2, 3}), 0.1, std::nullopt);
          numbers("no lower bound", sample_values({2, 3}), std::nullopt, 0.1);
          numbers("integers", xt::xarray<std::int64_t>{-5, 0, 7, std::numeric_limits<std::int64_t>::max()}, 0,
                  std::nullopt);
          samples.push_back({"upper bound alone",
                             {sample_values({2, 3}), sample_values({3}, -1, 1, 1)},
                             [](auto x) { return clip(x[0], std::nullopt, x[1]); },
                             {{"upper", {1}}}});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"no bound", [] { clip(input({3}), std::optional<double>(), std::nullopt); },
               "clip: expected a lower or an upper bound, but got none"},
              {"mixed dtypes", [] { clip(input({3}), scalar(0, DType::float64), std::nullopt); },
               "clip: expected inputs of one dtype, but got float32 and float64"},
              {"shapes that do not broadcast",
               [] {
                 clip(input({2, 3}), input({4}), std::nullopt);
               },
               "clip: shapes (2, 3) and (4,) do not broadcast"},
              {"booleans", [] { clip(input({3}, {}, DType::boolean), 0, 1); },
               "clip: expected one of float32, float64, int32, int64, uint8, but got bool"},
          };
        },
    .points = {{{-1, -1, 1}, -1, 1},
               {{1, -1, 1}, 1, 1},
               {{-1.5, -1, 1}, -1, 0},
               {{1000, -1, 1}, 1, 0},
               {{0, 0, 0}, 0, 1},
               {{0, 1, -1}, -1, 0},
               {{none, -1, 1}, none, none},
               {{0.5, none, 1}, none, none},
               {{0.5, -1, none}, none, none},
               {{2, none, 1}, none, none},
               {{-2, -1, none}, none, none},
               {{infinity, -1, infinity}, infinity, 1}},
}};

}  // namespace xgrad
