#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/layer_norm.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/standardize.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

void expect_last_axes(const Tensor& x, const Tensor& scale, const Tensor& offset) {
  const auto rank = scale.rank();
  bool fits = rank > 0 && rank <= x.rank() && offset.shape() == scale.shape();
  for (std::size_t axis = 0; fits && axis < rank; ++axis) {
    fits = scale.shape()[axis] == x.shape()[x.rank() - rank + axis];
  }
  if (fits) return;
  throw ShapeError(fmt::format(
      "layer_norm: expected scale and offset to have the shape of the last axes of x, but got x {}, scale {}, "
      "offset {}; a scale of shape ({},) normalizes the last axis",
      x.shape().to_string(), scale.shape().to_string(), offset.shape().to_string(),
      x.rank() == 0 ? "n" : x.shape()[x.rank() - 1].to_string()));
}

}  // namespace

Tensor layer_norm(const Tensor& x, const Tensor& scale, const Tensor& offset, double epsilon) {
  expect_floating("layer_norm", x.dtype());
  expect_last_axes(x, scale, offset);
  if (!(epsilon > 0)) {
    throw ValueError(fmt::format("layer_norm: expected a positive epsilon, but got {}; 1e-5 is usual", epsilon));
  }
  std::vector<Dim> rows(x.shape().begin(), x.shape().end() - static_cast<std::ptrdiff_t>(scale.rank()));
  rows.push_back(scale.shape().size());
  return reshape(standardize(reshape(x, Shape(rows)), epsilon), x.shape()) * scale + offset;
}

static const Register registered_layer_norm{{
    .name = "layer_norm",
    .family = OperatorFamily::neural,
    .signature = "layer_norm(x, scale, offset, epsilon = 1e-5)",
    .summary = "Samples with mean 0 and standard deviation 1, scaled and moved.",
    .formula = "n * scale + offset with n = (x - mean(x)) / s and s = sqrt(mean((x - mean(x))^2) + epsilon)",
    .gradient = "(g - mean(g) - n * mean(g * n)) / s with g = c * scale; c * n for scale and c for offset, summed",
    .shapes = "x (..., a, b), scale and offset of its last axes (a, b): the shape of x",
}};

}  // namespace xgrad
