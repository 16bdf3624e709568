#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>

namespace xgrad {

Tensor sum(const Tensor& x, const Axes& axes, bool keepdims) {
  if (x.dtype() == DType::boolean) {
    throw DTypeError("sum: expected numbers, but got bool; cast it to int32 to count, or to float32");
  }
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
    .summary = "Sum over axes.",
    .formula = "sum of x over axes",
    .gradient = "c, repeated along the axes",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
    .samples = [] { return reduction_samples(sum); },
    .rejections =
        [] {
          auto rejections = reduction_rejections("sum", sum);
          rejections.push_back(
              {"boolean input", [] { sum(input({3}, {}, DType::boolean)); }, "sum: expected numbers, but got bool"});
          return rejections;
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({}, {0})}, .value = {0}},
              {.inputs = {special_array({INFINITY, -INFINITY})}, .value = {NAN}, .gradient = {1, 1}},
              {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {1, 1}}};
        },
}};

}  // namespace xgrad
