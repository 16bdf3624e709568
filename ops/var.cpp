#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/maximum.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/norm.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sqrt.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/var.hpp>

#include <fmt/format.h>

#include <cmath>

namespace xgrad {
namespace {

/// The number of elements over `axes`, which is also checked.
Tensor counted(std::string_view where, const Tensor& x, const Axes& axes, std::int64_t ddof) {
  expect_floating(where, x.dtype());
  if (ddof < 0) {
    throw ValueError(
        fmt::format("{}: expected a ddof of 0 or more, but got {}; 1 makes the variance of a sample "
                    "unbiased",
                    where, ddof));
  }
  Dim count = 1;
  for (auto axis : axes.normalized(where, x.rank())) count = count * x.shape()[axis];
  return dim_size(count, x.dtype());
}

Tensor degrees_of_freedom(const Tensor& count, std::int64_t ddof) {
  return maximum(count - static_cast<double>(ddof), 0);
}

OperatorEntry deviation_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                              Tensor (*function)(const Tensor&, const Axes&, bool, std::int64_t),
                              Tensor (*without_ddof)(const Tensor&, const Axes&, bool)) {
  return {
      .name = name,
      .family = OperatorFamily::reduction,
      .signature = name + "(x, axes = all, keepdims = false, ddof = 0)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
      .samples =
          [=] {
            auto samples = reduction_samples(without_ddof);
            samples.push_back({"ddof 1",
                               {sample_values({2, 4})},
                               [=](auto x) { return function(x[0], 1, false, 1); },
                               {{"axes", {1}}, {"ddof", {1}}}});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, without_ddof);
            rejections.push_back({"integer input", [=] { without_ddof(input({3}, {}, DType::int32), {}, false); },
                                  name + ": expected float32 or float64, but got int32"});
            rejections.push_back({"a negative ddof", [=] { function(input({3}), {}, false, -1); },
                                  name + ": expected a ddof of 0 or more, but got -1"});
            return rejections;
          },
  };
}

}  // namespace

// The mean need not be differentiated: around it, the sum of squares is at its lowest. Only the curvature that it takes
// away is put back, by a term whose value and slope are 0. A mean of the residuals is taken out once more, see
// `centered`.
Tensor var(const Tensor& x, const Axes& axes, bool keepdims, std::int64_t ddof) {
  const auto count = counted("var", x, axes, ddof);
  const auto residuals = x - stop_gradient(mean(x, axes, true));
  const auto center = mean(residuals, axes, true);
  const auto fixed_center = stop_gradient(center);
  const auto squares = sum(square(residuals - fixed_center), axes, true) - count * square(center - fixed_center);
  const auto result = squares / degrees_of_freedom(count, ddof);
  return keepdims ? result : squeeze(result, axes);
}

Tensor std(const Tensor& x, const Axes& axes, bool keepdims, std::int64_t ddof) {
  const auto count = counted("std", x, axes, ddof);
  return norm(centered(x, axes), 2, axes, keepdims) / sqrt(degrees_of_freedom(count, ddof));
}

static const Register registered_var{
    with_cases(deviation_entry("var", "Variance over axes.", "sum((x - mean(x))^2) / (number of elements - ddof)",
                               "c * 2 * (x - mean(x)) / (number of elements - ddof)", var,
                               [](const Tensor& x, const Axes& axes, bool keepdims) { return var(x, axes, keepdims); }),
               [] {
                 return std::vector<SpecialCase>{
                     {.inputs = {special_array({2, 2})}, .value = {0}, .gradient = {0, 0}},
                     {.inputs = {special_array({10000000, 10000001, 10000002, 10000003})},
                      .value = {1.25},
                      .gradient = {-0.75, -0.25, 0.25, 0.75}},
                     {.inputs = {special_array({INFINITY, 1})}, .value = {NAN}, .gradient = {NAN, NAN}},
                     {.inputs = {special_array({5})},
                      .value = {NAN},
                      .gradient = {NAN},
                      .arguments = "{}, false, 1",
                      .build = [](auto x) { return var(x[0], {}, false, 1); }}};
               })};
static const Register registered_std{with_cases(
    deviation_entry("std", "Standard deviation over axes.", "sqrt(var(x))",
                    "c * (x - mean(x)) / ((number of elements - ddof) * std(x)), 0 where all elements are equal", std,
                    [](const Tensor& x, const Axes& axes, bool keepdims) { return std(x, axes, keepdims); }),
    [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, 2})}, .value = {0}, .gradient = {0, 0}},
          {.inputs = {special_array({1})}, .value = {0}, .gradient = {0}},
          {.inputs = {special_array({INFINITY, 1})}, .value = {NAN}, .gradient = {NAN, NAN}}};
    })};

}  // namespace xgrad
