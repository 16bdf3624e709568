#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/isfinite.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/nansum.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/where.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorEntry nan_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                        Tensor (*function)(const Tensor&, const Axes&, bool), std::vector<Rejection> others = {}) {
  return {
      .name = name,
      .family = OperatorFamily::reduction,
      .signature = name + "(x, axes = all, keepdims = false)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
      .samples = [=] { return reduction_samples(function); },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, function);
            rejections.insert(rejections.end(), others.begin(), others.end());
            return rejections;
          },
  };
}

}  // namespace

Tensor nansum(const Tensor& x, const Axes& axes, bool keepdims) {
  axes.normalized("nansum", x.rank());
  if (!is_floating(x.dtype())) return sum(x, axes, keepdims);
  return sum(where(equal(x, x), x, zeros_like(x)), axes, keepdims);
}

Tensor nanmean(const Tensor& x, const Axes& axes, bool keepdims) {
  expect_floating("nanmean", x.dtype());
  axes.normalized("nanmean", x.rank());
  const auto is_number = equal(x, x);
  const auto numbers = where(is_number, x, zeros_like(x));
  const auto share = mean(cast(is_number, x.dtype()), axes, keepdims);
  const auto total = sum(numbers, axes, keepdims);
  const auto count = sum(cast(is_number, x.dtype()), axes, keepdims);
  // The sum may leave the range of the dtype though the mean does not.
  return where(isfinite(total), total / count, mean(numbers, axes, keepdims) / share);
}

static const Register registered_nansum{with_cases(
    nan_entry("nansum", "Sum over axes of the elements that are numbers; integers and booleans are added as int64.",
              "sum of x where x = x", "c, repeated along the axes, where x is a number", nansum),
    [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({1, NAN, 3})}, .value = {4}, .gradient = {1, 0, 1}},
                                      {.inputs = {special_array({NAN})}, .value = {0}, .gradient = {0}}};
    })};

static const Register registered_nanmean{with_cases(
    nan_entry("nanmean", "Mean over axes of the elements that are numbers.",
              "sum of x where x = x / number of such elements", "c / number of such elements, where x is a number",
              nanmean,
              {{"integer input", [] { nanmean(input({3}, {}, DType::int32)); },
                "nanmean: expected float32 or float64, but got int32"}}),
    [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({1, NAN, 3})}, .value = {2}, .gradient = {0.5, 0, 0.5}},
                                      {.inputs = {special_array({NAN})}, .value = {NAN}, .gradient = {0}}};
    })};

}  // namespace xgrad
