#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/glu.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/take.hpp>

#include <fmt/format.h>

#include <cmath>

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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, std::int64_t axis) {
            samples.push_back({std::move(label),
                               {sample_values(std::move(shape))},
                               [=](auto x) { return glu(x[0], axis); },
                               {{"axis", {static_cast<double>(axis)}}}});
          };
          add("last axis", {3, 4}, -1);
          add("axis 0", {4, 3}, 0);
          add("axis 1", {2, 4, 3}, 1);
          add("one element", {2}, -1);
          add("no elements", {0, 4}, -1);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"integer input", [] { glu(input({4}, {}, DType::int32)); },
               "glu: expected float32 or float64, but got int32"},
              {"an odd size",
               [] {
                 glu(input({2, 3}));
               },
               "glu: expected an even size of axis -1, which is cut into halves, but got shape (2, 3)"},
              {"a scalar", [] { glu(input({})); }, "glu: axis -1 does not exist"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({INFINITY, -INFINITY})}, .value = {NAN}, .gradient = {0, NAN}},
              {.inputs = {special_array({1, 1000})}, .value = {1}, .gradient = {1, 0}}};
        },
}};

}  // namespace xgrad
