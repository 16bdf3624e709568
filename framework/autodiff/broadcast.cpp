#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/reduction_to.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace xgrad {
namespace {

class BroadcastTo final : public Op {
 public:
  explicit BroadcastTo(Shape shape) : shape_(std::move(shape)) {}

  std::string_view name() const override { return "broadcast_to"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"shape", shape_}}; }
  bool is_broadcast() const override { return true; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    if (!broadcasts_to(inputs[0].shape, shape_)) {
      throw ShapeError(fmt::format(
          "broadcast_to: shape {} does not broadcast to {}; sizes must be equal or 1, counted from the last axis",
          inputs[0].shape.to_string(), shape_.to_string()));
    }
    return {{inputs[0].dtype, shape_}};
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override { return at.cotangent(); }

  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    if (inputs[0].shape() == shape_) return inputs[0];
    if (!inputs[0].node().op().is_broadcast()) return std::nullopt;
    return broadcast_to(inputs[0].node().inputs()[0], shape_);
  }

 private:
  Shape shape_;
};

/// The sum of as many equal terms; of none it is 0 even where the term is infinite, and of -0 as well, as of 0 and -0.
/// Without a rule: it is made for graphs that are compiled.
Tensor repeated(const Tensor& term, Dim count) {
  static const auto op = elementwise<2, FloatingTypes>("repeated", [](const auto& x, const auto& n) {
    return xt::where(n > number(n, 0), x * n + number(x, 0), number(x, 0));
  });
  return apply(op, {term, dim_size(count, term.dtype())});
}

class SumTo final : public ReductionTo {
 public:
  using ReductionTo::ReductionTo;

  std::string_view name() const override { return "sum_to"; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    const auto axes = reduced(input);
    visit(input.dtype, [&]<class T>() {
      if constexpr (!std::is_same_v<T, bool>) {
        reduce<T>(input, arguments.outputs[0], std::span(axes).first(input.shape.size()), T(0), std::plus<T>());
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return broadcast_to(at.cotangent(), at.input().shape());
  }

  // What was repeated before it is summed is summed once and multiplied.
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    const auto& input = inputs[0];
    if (input.shape() == shape()) return input;
    if (!input.node().op().is_broadcast() || !is_floating(input.dtype())) return std::nullopt;
    const auto& operand = input.node().inputs()[0];
    Dim repeats = 1;
    // The operand's sizes in the axes that it shares with the result, 1 where they are summed.
    std::vector<Dim> dims(std::min(operand.rank(), shape().rank()), Dim(1));
    for (std::size_t back = 1; back <= input.rank(); ++back) {
      const auto size = [&](const Shape& shape) { return back <= shape.rank() ? shape[shape.rank() - back] : Dim(1); };
      if (!size(shape()).is_one()) {
        if (back <= dims.size()) dims[dims.size() - back] = size(operand.shape());
      } else if (size(operand.shape()).is_one()) {
        repeats = repeats * size(input.shape());
      }
    }
    const auto total = sum_to(operand, Shape(dims));
    return broadcast_to(repeats.is_one() ? total : repeated(total, repeats), shape());
  }
};

}  // namespace

Tensor broadcast_to(const Tensor& tensor, const Shape& shape) {
  return tensor.shape() == shape ? tensor : apply(std::make_shared<const BroadcastTo>(shape), {tensor});
}

Tensor sum_to(const Tensor& tensor, const Shape& shape) {
  return tensor.shape() == shape ? tensor : apply(std::make_shared<const SumTo>(shape), {tensor});
}

Tensor zeros_like(const Tensor& tensor) { return broadcast_to(scalar(0, tensor.dtype()), tensor.shape()); }
Tensor ones_like(const Tensor& tensor) { return broadcast_to(scalar(1, tensor.dtype()), tensor.shape()); }

}  // namespace xgrad
