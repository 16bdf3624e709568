#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

namespace xgrad {

Tensor sum(const Tensor& terms, const Axes& axes, bool keepdims) {
  const auto x = widened(terms);
  const auto reduced = axes.normalized("sum", x.rank());
  const bool leading = reduced.empty() || reduced.back() + 1 == reduced.size();
  if (leading && !keepdims) {
    const auto& dims = x.shape().dims();
    return sum_to(x, Shape(std::vector<Dim>(dims.begin() + static_cast<std::ptrdiff_t>(reduced.size()), dims.end())));
  }
  Shape kept = x.shape();
  for (auto axis : reduced) kept[axis] = 1;
  const auto total = sum_to(x, kept);
  return keepdims ? total : squeeze(total, axes);
}

static const Register registered_sum{{
    .name = "sum",
    .family = OperatorFamily::reduction,
    .signature = "sum(x, axes = all, keepdims = false)",
    .summary = "Sum over axes. Integers and booleans are added as int64.",
    .formula = "sum of x over axes",
    .gradient = "c, repeated along the axes",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
