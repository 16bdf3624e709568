#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/topk.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The indices along the last axis. The second output is memory for all of them.
class TopIndices final : public Op {
 public:
  TopIndices(std::int64_t k, bool largest) : k_(k), largest_(largest) {}

  std::string_view name() const override { return "topk"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"k", k_}, {"largest", largest_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape chosen = inputs[0].shape;
    chosen[chosen.rank() - 1] = k_;
    return {{DType::int64, std::move(chosen)}, {DType::int64, inputs[0].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    const auto count = x.shape.back();
    visit(x.dtype, [&]<class T>() {
      auto* chosen = arguments.outputs[0].as<std::int64_t>();
      auto* order = arguments.outputs[1].as<std::int64_t>();
      const T* end = x.as<T>() + element_count(x.shape);
      for (const T* line = x.as<T>(); line < end; line += count, order += count) {
        arrange_positions(line, count, largest_, order,
                          [=, this](auto precedes) { std::partial_sort(order, order + k_, order + count, precedes); });
        chosen = std::copy_n(order, k_, chosen);
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return inputs[0].shape.rank() < 2 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents> inputs) const override {
    return 10 * static_cast<double>(inputs[0].back()) / static_cast<double>(std::max<std::int64_t>(k_, 1));
  }

 private:
  std::int64_t k_;
  bool largest_;
};

}  // namespace

TopK topk(const Tensor& x, std::int64_t k, std::int64_t axis, bool largest) {
  const auto position = normalize_axis("topk", axis, x.rank());
  if (k < 0) throw ValueError(fmt::format("topk: expected a k of 0 or more, but got {}", k));
  const Dim size = x.shape()[position];
  if (!size.is_known() || size.value() < k) {
    throw ShapeError(
        fmt::format("topk: expected axis {} of shape {} to have a known size of at least {}, but got {}; "
                    "choose a smaller k or another axis",
                    axis, x.shape().to_string(), k, size.to_string()));
  }
  const auto lines = merge_axes(x, axis);
  const auto indices = apply_all(std::make_shared<const TopIndices>(k, largest), {lines})[0];
  Shape shape = x.shape();
  shape[position] = k;
  return {split_axes(gather(lines, -1, indices), axis, shape), split_axes(indices, axis, shape)};
}

static const Register registered_topk{{
    .name = "topk",
    .family = OperatorFamily::indexing,
    .signature = "topk(x, k, axis = -1, largest = true)",
    .summary = "The k largest or smallest elements along an axis, in order, and their indices.",
    .formula = "the first k of sort(x, axis, descending = largest) and of argsort",
    .gradient = "scatter_add(zeros_like(x), axis, indices, c) for c of the values; none for the indices",
    .shapes = "x (a..., n, b...): values and indices (a..., k, b...)",
}};

}  // namespace xgrad
