#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/median.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <algorithm>

namespace xgrad {
namespace {

/// Where the two middle elements along the last axis stand; twice the same place when there is one, and that of one
/// which is not a number when there is one. The second output is memory for the order.
class MedianIndices final : public Op {
 public:
  std::string_view name() const override { return "median_indices"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    Shape chosen = inputs[0].shape;
    chosen[chosen.rank() - 1] = 2;
    return {{DType::int64, std::move(chosen)}, {DType::int64, inputs[0].shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    visit(x.dtype, [&]<class T>() {
      auto* chosen = arguments.outputs[0].as<std::int64_t>();
      const auto lines = element_count(x.shape.first(x.shape.size() - 1));
      const auto count = x.shape.back();
      for (std::int64_t line = 0; line < lines; ++line) {
        find_middle(x.as<T>() + line * count, arguments.outputs[1].as<std::int64_t>() + line * count, count,
                    chosen + 2 * line);
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return inputs[0].shape.rank() < 2 ? std::nullopt : std::optional(std::vector{0});
  }

  double cost(std::span<const Extents> inputs) const override { return 10 * static_cast<double>(inputs[0].back()); }

 private:
  template <class T>
  static void find_middle(const T* line, std::int64_t* order, std::int64_t count, std::int64_t* chosen) {
    chosen[0] = chosen[1] = std::find_if(line, line + count, [](T value) { return value != value; }) - line;
    if (chosen[0] < count || count == 0) return;
    arrange_positions(line, count, false, order, [=](auto precedes) {
      auto* upper = order + count / 2;
      std::nth_element(order, upper, order + count, precedes);
      if (count > 1) std::iter_swap(std::max_element(order, upper, precedes), upper - 1);
    });
    chosen[0] = order[(count - 1) / 2];
    chosen[1] = order[count / 2];
  }
};

}  // namespace

Tensor median(const Tensor& x, const Axes& axes, bool keepdims) {
  expect_floating("median", x.dtype());
  Shape kept = x.shape();
  for (auto axis : nonempty_axes("median", x, axes)) kept[axis] = 1;
  const auto lines = merge_axes(x, axes);
  const auto indices = apply_all(std::make_shared<const MedianIndices>(), {lines})[0];
  // Halved before they are added: the sum may be too large.
  const auto result = reshape(sum(gather(lines, -1, indices) * 0.5, -1), kept);
  return keepdims ? result : squeeze(result, axes);
}

static const Register registered_median{{
    .name = "median",
    .family = OperatorFamily::reduction,
    .signature = "median(x, axes = all, keepdims = false)",
    .summary = "Median over axes, the mean of the two middle elements when their number is even.",
    .formula = "(s[(n - 1) / 2] + s[n / 2]) / 2 with s = sort(x) and halves rounded down",
    .gradient = "c for the middle element, c / 2 for each of two",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
