#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/strided_copy.hpp>
#include <xgrad/framework/core/visit_size.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>

namespace xgrad {
namespace {

using Order = std::vector<std::size_t>;

class Transpose final : public Op {
 public:
  explicit Transpose(Order axes) : axes_(std::move(axes)) {}

  const Order& axes() const { return axes_; }
  std::string_view name() const override { return "transpose"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axes", axes_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    std::vector<Dim> dims;
    for (auto axis : axes_) dims.push_back(inputs[0].shape[axis]);
    return {{inputs[0].dtype, Shape(dims)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    const auto& output = arguments.outputs[0];
    if (std::find(output.shape.begin(), output.shape.end(), 0) != output.shape.end()) return;
    std::array<std::int64_t, max_rank> input_strides;
    std::int64_t stride = 1;
    for (std::size_t axis = axes_.size(); axis-- > 0; stride *= input.shape[axis]) {
      input_strides[axis] = axis == 0 ? input.row_stride : stride;
    }
    std::array<std::int64_t, max_rank> output_strides;
    stride = 1;
    for (std::size_t axis = axes_.size(); axis-- > 0; stride *= output.shape[axis]) output_strides[axis] = stride;
    StridedLoops merged;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      merged.add({output.shape[axis], input_strides[axes_[axis]], output_strides[axis]});
    }
    const auto loops = merged.span();
    // The axis along which the output is contiguous is innermost already; the one along which the input is goes before
    // it.
    const auto contiguous =
        std::find_if(loops.begin(), loops.end(), [](const StridedLoop& loop) { return loop.input_stride == 1; });
    if (loops.end() - contiguous > 2) std::rotate(contiguous, contiguous + 1, loops.end() - 1);
    visit_size(output.dtype, [&]<class T>() { copy_strided<T>(input.as<T>(), output.as<T>(), loops); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    std::vector<std::int64_t> inverse(axes_.size());
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) inverse[axes_[axis]] = static_cast<std::int64_t>(axis);
    return transpose(at.cotangent(), inverse);
  }

  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    const auto& x = inputs[0];
    // Where only axes of size 1 move, elements stay.
    Order moved;
    std::copy_if(axes_.begin(), axes_.end(), std::back_inserter(moved),
                 [&](std::size_t axis) { return !x.shape()[axis].is_one(); });
    if (std::is_sorted(moved.begin(), moved.end())) {
      const TensorType types[] = {x.type()};
      return reshape(x, infer(types)[0].shape);
    }
    if (!transpose_of(x)) return std::nullopt;
    return transpose(x, std::vector<std::int64_t>(axes_.begin(), axes_.end()));
  }

  std::optional<Tensor> without_transposes(std::span<const Tensor> inputs) const override {
    const auto& made = inputs[0].node();
    const auto* maker = dynamic_cast<const TransposableResult*>(&made.op());
    return maker ? maker->transposed_result(made.inputs(), axes_) : std::nullopt;
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    // Only the first two axes of an input can be cut.
    if (axes_.empty() || axes_[0] > 1) return std::nullopt;
    return std::vector{static_cast<int>(axes_[0])};
  }

  double cost(std::span<const Extents>) const override { return 2; }
  double operations(std::span<const Extents>) const override { return 0; }

 private:
  Order axes_;
};

Order checked_order(std::span<const std::int64_t> axes, std::size_t rank) {
  Order order;
  for (auto axis : axes) order.push_back(normalize_axis("transpose", axis, rank));
  Order sorted = order;
  std::sort(sorted.begin(), sorted.end());
  if (order.size() != rank || std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    throw ShapeError(fmt::format("transpose: expected each of {} axes once, but got ({}); name every axis of x", rank,
                                 fmt::join(axes, ", ")));
  }
  return order;
}

}  // namespace

Tensor transpose(const Tensor& x, std::span<const std::int64_t> axes) {
  auto order = checked_order(axes, x.rank());
  if (std::is_sorted(order.begin(), order.end())) return x;
  if (const auto inner = transpose_of(x)) {
    std::vector<std::int64_t> composed;
    for (auto axis : order) composed.push_back(static_cast<std::int64_t>(inner->axes[axis]));
    return transpose(inner->x, composed);
  }
  return apply(std::make_shared<const Transpose>(std::move(order)), {x});
}

Tensor transpose(const Tensor& x, std::initializer_list<std::int64_t> axes) {
  return transpose(x, std::span(axes.begin(), axes.size()));
}

Tensor transpose(const Tensor& x) {
  std::vector<std::int64_t> reversed(x.rank());
  std::iota(reversed.rbegin(), reversed.rend(), 0);
  return transpose(x, reversed);
}

std::optional<TransposeOf> transpose_of(const Tensor& tensor) {
  const auto* op = dynamic_cast<const Transpose*>(&tensor.node().op());
  if (!op) return std::nullopt;
  return TransposeOf{tensor.node().inputs()[0], op->axes()};
}

static const Register registered_transpose{{
    .name = "transpose",
    .family = OperatorFamily::shape,
    .signature = "transpose(x, axes = reversed)",
    .summary = "x with its axes in another order.",
    .formula = "result[i, j] = x[j, i] for a matrix",
    .gradient = "c with its axes in the inverse order",
    .shapes = "x (a, b, c): (c, b, a), or its axes in the order asked for",
}};

}  // namespace xgrad
