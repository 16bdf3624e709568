#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/sum.hpp>

namespace xgrad {

Tensor mean(const Tensor& x, const Axes& axes, bool keepdims) {
  expect_floating("mean", x.dtype());
  Dim count = 1;
  for (auto axis : axes.normalized("mean", x.rank())) count = count * x.shape()[axis];
  return sum(x, axes, keepdims) / dim_size(count, x.dtype());
}

static const Register registered_mean{{
    .name = "mean",
    .family = OperatorFamily::reduction,
    .signature = "mean(x, axes = all, keepdims = false)",
    .summary = "Arithmetic mean over axes.",
    .formula = "sum(x, axes) / number of elements summed",
    .gradient = "c / number of elements summed, repeated along the axes",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
    .samples = [] { return reduction_samples(mean); },
    .rejections =
        [] {
          auto rejections = reduction_rejections("mean", mean);
          rejections.push_back({"integer input", [] { mean(input({3}, {}, DType::int32)); },
                                "mean: expected float32 or float64, but got int32"});
          return rejections;
        },
}};

}  // namespace xgrad
