#include <xgrad/framework/core/error.hpp>
#include <xgrad/models/layers/dense.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/dot.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor Dense::call(const Tensor& x, LayerContext& context) const {
  if (units < 1) {
    throw ValueError(fmt::format("{}: expected 1 unit or more, but got {}; set .units", context.layer_name(), units));
  }
  if (x.rank() < 2) {
    throw ShapeError(
        fmt::format("{}: expected an input of 2 dimensions or more, (batch, features), but got shape {}; "
                    "give the layer before it, or .input_shape, an axis of features",
                    context.layer_name(), x.shape().to_string()));
  }
  const Dim features = x.shape()[x.rank() - 1];
  if (!features.is_known()) {
    throw ShapeError(
        fmt::format("{}: expected a known number of features on the last axis, but got shape {}; the kernel's size "
                    "depends on it, so make it an integer",
                    context.layer_name(), x.shape().to_string()));
  }
  auto y = dot(x, context.weight("kernel", {features, units}, kernel_initializer));
  if (use_bias) y = y + context.weight("bias", {units}, bias_initializer);
  return activation(y);
}

}  // namespace xgrad
