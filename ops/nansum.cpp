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

namespace xgrad {
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

static const Register registered_nansum{{
    .name = "nansum",
    .family = OperatorFamily::reduction,
    .signature = "nansum(x, axes = all, keepdims = false)",
    .summary = "Sum over axes of the elements that are numbers; integers and booleans are added as int64.",
    .formula = "sum of x where x = x",
    .gradient = "c, repeated along the axes, where x is a number",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

static const Register registered_nanmean{{
    .name = "nanmean",
    .family = OperatorFamily::reduction,
    .signature = "nanmean(x, axes = all, keepdims = false)",
    .summary = "Mean over axes of the elements that are numbers.",
    .formula = "sum of x where x = x / number of such elements",
    .gradient = "c / number of such elements, where x is a number",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
