#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/layer_norm.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/standardize.hpp>

#include <fmt/format.h>

#include <cmath>

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
    .samples =
        [] {
          const auto sample = [](std::string label, Extents x, Extents scale, double epsilon = 1e-5) {
            return Sample{
                std::move(label),
                {sample_values(std::move(x)), sample_values(scale, 0.5, 1.5, 1), sample_values(scale, -1, 1, 2)},
                [epsilon](auto inputs) { return layer_norm(inputs[0], inputs[1], inputs[2], epsilon); },
                {{"epsilon", {epsilon}}}};
          };
          return std::vector<Sample>{
              sample("last axis", {3, 5}, {5}),        sample("two axes", {2, 3, 4}, {3, 4}),
              sample("of three axes", {2, 3, 4}, {4}), sample("vector", {6}, {6}),
              sample("epsilon 0.1", {3, 5}, {5}, 0.1), sample("long rows", {2, 37}, {37}),
              sample("one element", {1, 1}, {1}),      sample("no rows", {0, 3}, {3}),
          };
        },
    .rejections =
        [] {
          const auto floats = [](Shape shape) { return input(std::move(shape)); };
          return std::vector<Rejection>{
              {"another size",
               [=] {
                 layer_norm(floats({2, 3}), floats({4}), floats({4}));
               },
               "layer_norm: expected scale and offset to have the shape of the last axes of x, but got x (2, 3), scale "
               "(4,), "
               "offset (4,); a scale of shape (3,)"},
              {"offset of another size",
               [=] {
                 layer_norm(floats({2, 3}), floats({3}), floats({2}));
               },
               "layer_norm: expected scale and offset"},
              {"too many axes",
               [=] {
                 layer_norm(floats({3}), floats({2, 3}), floats({2, 3}));
               },
               "layer_norm: expected scale and offset"},
              {"a scalar", [=] { layer_norm(floats({}), floats({}), floats({})); },
               "layer_norm: expected scale and offset"},
              {"integer input", [=] { layer_norm(input({3}, {}, DType::int32), floats({3}), floats({3})); },
               "layer_norm: expected float32 or float64, but got int32"},
              {"epsilon 0", [=] { layer_norm(floats({3}), floats({3}), floats({3}), 0); },
               "layer_norm: expected a positive epsilon, but got 0"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{
              {.inputs = {special_array({3, 3}, {1, 2}), special_array({1, 1}), special_array({0.5, 0.5})},
               .value = {0.5, 0.5},
               .gradient = {0, 0},
               .build = [](auto x) { return layer_norm(x[0], x[1], x[2]); }},
              {.inputs = {special_array({NAN, 1}, {1, 2}), special_array({1, 1}), special_array({0, 0})},
               .value = {NAN, NAN},
               .gradient = {NAN, NAN},
               .build = [](auto x) { return layer_norm(x[0], x[1], x[2]); }}};
        },
}};

}  // namespace xgrad
