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
  std::optional<Attributes> attributes() const override { return Attributes{{"shape", shape_}}; }
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
}};

static const Register registered_flatten{{
    .name = "flatten",
    .family = OperatorFamily::shape,
    .signature = "flatten(x)",
    .summary = "x with all axes after the first merged into one.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x (n, a, b, ...): (n, a*b*...)",
}};

static const Register registered_squeeze{{
    .name = "squeeze",
    .family = OperatorFamily::shape,
    .signature = "squeeze(x, axes = all of size 1)",
    .summary = "x without axes of size 1: the given ones, or all.",
    .formula = "the elements of x",
    .gradient = "c under the shape of x",
    .shapes = "x: its shape without the axes, each of size 1",
}};

}  // namespace xgrad
