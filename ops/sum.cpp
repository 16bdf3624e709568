#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <cmath>

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
    .samples =
        [] {
          auto samples = reduction_samples(sum);
          const auto add = [&](std::string label, Array x) {
            samples.push_back({std::move(label),
                               {std::move(x)},
                               [](auto x) { return sum(x[0], 0); },
                               {{"axes", {0}}, {"keepdims", {0}}}});
          };
          add("bytes", xt::xarray<std::uint8_t>{{200, 1}, {200, 2}, {200, 3}});
          add("booleans", xt::xarray<bool>{{true, false}, {true, true}});
          return samples;
        },
    .rejections = [] { return reduction_rejections("sum", sum); },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({}, {0})}, .value = {0}},
              {.inputs = {special_array({INFINITY, -INFINITY})}, .value = {NAN}, .gradient = {1, 1}},
              {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {1, 1}}};
        },
}};

}  // namespace xgrad
