#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/rounding.hpp>

#include <cmath>
#include <limits>

namespace xgrad {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

OperatorEntry rounding_entry(std::string name, std::string summary, Tensor (*function)(const Tensor&),
                             std::vector<SpecialPoint> points) {
  points.push_back({{2}, 2, 0});
  points.push_back({{-1e30}, -1e30, 0});
  points.push_back({{infinity}, infinity, 0});
  return {
      .name = name,
      .signature = name + "(x)",
      .summary = std::move(summary),
      .formula = name + "(x)",
      .gradient = "none: the result is constant almost everywhere",
      .samples =
          [=] {
            auto samples = unary_samples(function);
            samples.push_back({"integers", {xt::xarray<int>{-3, 0, 5}}, [=](auto x) { return function(x[0]); }});
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{{"booleans", [=] { function(input({3}, {}, DType::boolean)); },
                                           name + ": expected one of float32, float64, but got bool"}};
          },
      .points = std::move(points),
  };
}

}  // namespace

// Loops over numbers: what xsimd 8.1 makes of integers on arm64 has no -0.

Tensor floor(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("floor", [](auto x) { return std::floor(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor ceil(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("ceil", [](auto x) { return std::ceil(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor round(const Tensor& x) {
  static const auto op = elementwise<1, FloatingTypes>("round", [](const auto& x) { return xt::nearbyint(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

Tensor trunc(const Tensor& x) {
  static const auto op = elementwise_loop<1, FloatingTypes>("trunc", [](auto x) { return std::trunc(x); });
  return is_integer(x.dtype()) ? x : apply(op, {x});
}

static const Register registered_floor{
    rounding_entry("floor", "The largest whole number that is not above x.", floor, {{{1.5}, 1, 0}, {{-0.5}, -1, 0}})};
static const Register registered_ceil{
    rounding_entry("ceil", "The smallest whole number that is not below x.", ceil, {{{1.5}, 2, 0}, {{-1.5}, -1, 0}})};
static const Register registered_round{rounding_entry("round", "The nearest whole number, the even one of two.", round,
                                                      {{{0.5}, 0, 0}, {{1.5}, 2, 0}, {{2.5}, 2, 0}, {{-1.5}, -2, 0}})};
static const Register registered_trunc{
    rounding_entry("trunc", "x without its fraction.", trunc, {{{1.5}, 1, 0}, {{-1.5}, -1, 0}})};

}  // namespace xgrad
