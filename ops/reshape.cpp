#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace xgrad {
namespace {

class Reshape final : public Op {
 public:
  explicit Reshape(Shape shape) : shape_(std::move(shape)) {}

  std::string_view name() const override { return "reshape"; }
  std::string attributes() const override { return "shape=" + shape_.to_string(); }
  bool is_reshape() const override { return true; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    if (!(inputs[0].shape.size() == shape_.size())) {
      throw ShapeError(
          fmt::format("reshape: shape {} has {} elements and cannot become {}, which has {}; choose a shape "
                      "of as many elements",
                      inputs[0].shape.to_string(), inputs[0].shape.size().to_string(), shape_.to_string(),
                      shape_.size().to_string()));
    }
    return {{inputs[0].dtype, shape_}};
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return reshape(at.cotangent(), at.input().shape());
  }

  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    if (inputs[0].shape() == shape_) return inputs[0];
    const Op& inner = inputs[0].node().op();
    if (!inner.is_reshape() && !inner.is_broadcast()) return std::nullopt;
    const auto& origin = inputs[0].node().inputs()[0];
    // A broadcast to no more elements adds axes of size 1.
    if (origin.shape().size() == shape_.size()) return reshape(origin, shape_);
    return origin.shape().size().is_one() ? std::optional(broadcast_to(reshape(origin, {}), shape_)) : std::nullopt;
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    const Shape& from = inputs[0].shape;
    if (from.rank() == 0 || shape_.rank() == 0 || !(from[0] == shape_[0])) return std::nullopt;
    return std::vector{0};
  }

  double cost(std::span<const Extents>) const override { return 0; }

 private:
  Shape shape_;
};

/// `shape` with `infer_dim` replaced by the size that is left for it.
Shape complete(const Shape& from, const Shape& shape) {
  const auto open = std::count(shape.begin(), shape.end(), infer_dim);
  if (open == 0) return shape;
  if (open > 1) {
    throw ShapeError(
        fmt::format("reshape: expected -1 (infer_dim) once, but got it {} times in {}: only one size follows "
                    "from the others; write all but one of them",
                    open, shape.to_string()));
  }
  std::vector<Dim> dims = shape.dims();
  const auto inferred = std::find(dims.begin(), dims.end(), infer_dim);
  *inferred = 1;
  const auto rest = from.size().divided_by(Shape(dims).size());
  if (!rest) {
    throw ShapeError(fmt::format("reshape: shape {} does not divide into {}; no size for infer_dim gives {} elements",
                                 from.to_string(), shape.to_string(), from.size().to_string()));
  }
  *inferred = *rest;
  return Shape(dims);
}

}  // namespace

Tensor reshape(const Tensor& x, const Shape& shape) {
  Shape result = complete(x.shape(), shape);
  if (result == x.shape()) return x;
  return apply(std::make_shared<const Reshape>(std::move(result)), {x});
}

Tensor reshape(const Tensor& x, std::initializer_list<ReshapeSize> shape) {
  return reshape(x, Shape(std::vector<Dim>(shape.begin(), shape.end())));
}

Tensor flatten(const Tensor& x) {
  if (x.rank() == 0) throw ShapeError("flatten: expected at least one axis, but got a scalar; reshape it to (1, 1)");
  Dim size = 1;
  for (auto dim = x.shape().begin() + 1; dim != x.shape().end(); ++dim) size = size * *dim;
  return reshape(x, {x.shape()[0], size});
}

Tensor squeeze(const Tensor& x, const Axes& axes) {
  const auto removed = axes.normalized("squeeze", x.rank());
  std::vector<Dim> dims;
  for (std::size_t axis = 0; axis < x.rank(); ++axis) {
    if (!std::binary_search(removed.begin(), removed.end(), axis)) {
      dims.push_back(x.shape()[axis]);
    } else if (!x.shape()[axis].is_one()) {
      throw ShapeError(fmt::format("squeeze: expected axis {} of shape {} to have size 1, but got {}; leave it out",
                                   axis, x.shape().to_string(), x.shape()[axis].to_string()));
    }
  }
  return reshape(x, Shape(dims));
}

Tensor squeeze(const Tensor& x) {
  std::vector<Dim> dims;
  std::copy_if(x.shape().begin(), x.shape().end(), std::back_inserter(dims), [](Dim size) { return !size.is_one(); });
  return reshape(x, Shape(dims));
}

static const Register registered_reshape{{
    .name = "reshape",
    .family = OperatorFamily::shape,
    .signature = "reshape(x, shape)",
    .summary = "The elements of x, in row-major order, under another shape.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x of as many elements: the shape asked for",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents from, std::function<Shape(const Shape&)> to) {
            samples.push_back(
                {std::move(label), {sample_values(from)}, [=](auto x) { return reshape(x[0], to(x[0].shape())); }});
          };
          add("to (n, 3, 2)", {4, 6}, [](const Shape& from) { return Shape{from[0], 3, 2}; });
          add("to (n, infer_dim)", {4, 3, 2}, [](const Shape& from) { return Shape{from[0], infer_dim}; });
          add("to (infer_dim,)", {4, 3}, [](const Shape&) { return Shape{infer_dim}; });
          add("scalar to (1, 1)", {}, [](const Shape&) { return Shape{1, 1}; });
          add("one element to ()", {1}, [](const Shape&) { return Shape{}; });
          add("no elements to (n, 2, 3)", {0, 6}, [](const Shape& from) { return Shape{from[0], 2, 3}; });
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"another number of elements",
               [] {
                 reshape(input({2, 3}), {4, 2});
               },
               "reshape: shape (2, 3) has 6 elements and cannot become (4, 2), which has 8"},
              {"a symbol against a number",
               [] {
                 reshape(input({batch, 3}), {6});
               },
               "reshape: shape (batch, 3) has 3*batch elements and cannot become (6,), which has 6"},
              {"no size to infer",
               [] {
                 reshape(input({2, 3}), {4, infer_dim});
               },
               "reshape: shape (2, 3) does not divide into (4, infer_dim)"},
              {"two sizes to infer",
               [] {
                 reshape(input({2, 3}), {infer_dim, infer_dim});
               },
               "reshape: expected -1 (infer_dim) once, but got it 2 times"},
          };
        },
}};

static const Register registered_flatten{{
    .name = "flatten",
    .family = OperatorFamily::shape,
    .signature = "flatten(x)",
    .summary = "x with all axes after the first merged into one.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x (n, a, b, ...): (n, a*b*...)",
    .samples =
        [] {
          std::vector<Sample> samples;
          for (const Extents& shape : {Extents{2, 3, 4}, {5}, {2, 3}, {1, 1, 1}, {0, 2, 3}}) {
            samples.push_back({to_string(shape), {sample_values(shape)}, [](auto x) { return flatten(x[0]); }});
          }
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"a scalar", [] { flatten(input({})); }, "flatten: expected at least one axis, but got a scalar"}};
        },
}};

static const Register registered_squeeze{{
    .name = "squeeze",
    .family = OperatorFamily::shape,
    .signature = "squeeze(x, axes = all of size 1)",
    .summary = "x without axes of size 1: the given ones, or all.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x: its shape without the axes, each of size 1",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, Axes axes) {
            samples.push_back({std::move(label), {sample_values(shape)}, [=](auto x) { return squeeze(x[0], axes); }});
          };
          add("last axis", {3, 1}, -1);
          add("two axes", {1, 3, 1}, {0, 2});
          add("one element", {1, 1}, {});
          samples.push_back({"all of size 1", {sample_values({2, 1, 3, 1})}, [](auto x) { return squeeze(x[0]); }});
          add("no elements", {0, 1}, 1);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"an axis of another size",
                                         [] {
                                           squeeze(input({batch, 2}), 1);
                                         },
                                         "squeeze: expected axis 1 of shape (batch, 2) to have size 1, but got 2"}};
        },
}};

}  // namespace xgrad
