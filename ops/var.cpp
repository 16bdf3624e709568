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

static const Register registered_var{{
    .name = "var",
    .family = OperatorFamily::reduction,
    .signature = "var(x, axes = all, keepdims = false, ddof = 0)",
    .summary = "Variance over axes.",
    .formula = "sum((x - mean(x))^2) / (number of elements - ddof)",
    .gradient = "c * 2 * (x - mean(x)) / (number of elements - ddof)",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};
static const Register registered_std{{
    .name = "std",
    .family = OperatorFamily::reduction,
    .signature = "std(x, axes = all, keepdims = false, ddof = 0)",
    .summary = "Standard deviation over axes.",
    .formula = "sqrt(var(x))",
    .gradient = "c * (x - mean(x)) / ((number of elements - ddof) * std(x)), 0 where all elements are equal",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
