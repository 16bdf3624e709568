#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/glu.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/take.hpp>

#include <fmt/format.h>

namespace xgrad {

Tensor glu(const Tensor& x) { return glu(x, -1); }

Tensor glu(const Tensor& x, std::int64_t axis) {
  expect_floating("glu", x.dtype());
  const auto position = normalize_axis("glu", axis, x.rank());
  const auto half = x.shape()[position].divided_by(2);
  if (!half) {
    throw ShapeError(fmt::format("glu: expected an even size of axis {}, which is cut into halves, but got shape {}",
                                 axis, x.shape().to_string()));
  }
  auto dims = x.shape().dims();
  dims[position] = *half;
  dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(position), 2);
  const auto halves = reshape(x, Shape(dims));
  const auto at = static_cast<std::int64_t>(position);
  return take(halves, scalar(0, DType::int64), at) * sigmoid(take(halves, scalar(1, DType::int64), at));
}

static const Register registered_glu{{
    .name = "glu",
    .family = OperatorFamily::activation,
    .signature = "glu(x, axis = -1)",
    .summary = "Gated linear unit: the first half of an axis times the sigmoid of the second.",
    .formula = "a * sigmoid(b) with a, b the halves of x",
    .gradient = "c * sigmoid(b) for a, c * a * sigmoid(b) * (1 - sigmoid(b)) for b",
    .shapes = "x (..., 2 * n): (..., n)",
}};

}  // namespace xgrad
