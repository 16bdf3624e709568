#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/sort.hpp>

#include <algorithm>
#include <cmath>

namespace xgrad {
namespace {

/// Along the last axis.
class Argsort final : public Op {
 public:
  explicit Argsort(bool descending) : descending_(descending) {}

  std::string_view name() const override { return "argsort"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"descending", descending_}}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    return {{DType::int64, inputs[0].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    const auto count = x.shape.back();
    visit(x.dtype, [&]<class T>() {
      auto* order = arguments.outputs[0].as<std::int64_t>();
      const T* end = x.as<T>() + element_count(x.shape);
      for (const T* line = x.as<T>(); line < end; line += count, order += count) {
        arrange_positions(line, count, descending_, order,
                          [=](auto precedes) { std::sort(order, order + count, precedes); });
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return inputs[0].shape.rank() < 2 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents> inputs) const override {
    return 10 * std::log2(static_cast<double>(inputs[0].back() + 1));
  }

 private:
  bool descending_;
};

}  // namespace

Tensor argsort(const Tensor& x, std::int64_t axis, bool descending) {
  normalize_axis("argsort", axis, x.rank());
  const auto order = apply(std::make_shared<const Argsort>(descending), {merge_axes(x, axis)});
  return split_axes(order, axis, x.shape());
}

Tensor sort(const Tensor& x, std::int64_t axis, bool descending) {
  normalize_axis("sort", axis, x.rank());
  const auto lines = merge_axes(x, axis);
  return split_axes(gather(lines, -1, argsort(lines, -1, descending)), axis, x.shape());
}

static const Register registered_argsort{{
    .name = "argsort",
    .family = OperatorFamily::indexing,
    .signature = "argsort(x, axis = -1, descending = false)",
    .summary = "The stable order that sorts x along an axis.",
    .formula = "indices with x[indices[0]] <= x[indices[1]] <= ...",
    .gradient = "none: the result is an index",
    .shapes = "x of one axis or more: the shape of x",
}};
static const Register registered_sort{{
    .name = "sort",
    .family = OperatorFamily::indexing,
    .signature = "sort(x, axis = -1, descending = false)",
    .summary = "x sorted along an axis.",
    .formula = "gather(x, axis, argsort(x, axis))",
    .gradient = "scatter_add(zeros_like(x), axis, argsort(x, axis), c)",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
