#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/axis_samples.hpp>
#include <xgrad/ops/gather.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/sort.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xgrad {
namespace {

/// Along the last axis.
class Argsort final : public Op {
 public:
  explicit Argsort(bool descending) : descending_(descending) {}

  std::string_view name() const override { return "argsort"; }
  std::string attributes() const override { return fmt::format("descending={}", descending_); }
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

OperatorEntry sort_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                         Tensor (*function)(const Tensor&, std::int64_t, bool)) {
  return {
      .name = name,
      .family = OperatorFamily::indexing,
      .signature = name + "(x, axis = -1, descending = false)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = "x of one axis or more: the shape of x",
      .samples =
          [=] {
            const AxisFunction up = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); };
            const AxisFunction down = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, true); };
            const auto with_ties = xt::xarray<int>{{2, 1, 2, 1}, {3, 3, 1, 3}};
            auto samples = axis_samples(up);
            samples.push_back(axis_sample("axis 0, descending", down, sample_values({4, 3}), 0, {{"descending", {1}}}));
            samples.push_back(axis_sample("ties", up, with_ties, 1));
            samples.push_back(axis_sample("ties, descending", down, with_ties, 1, {{"descending", {1}}}));
            samples.push_back(axis_sample("bool", up, xt::xarray<bool>{true, false, true}, 0));
            samples.push_back(axis_sample("empty axis", up, sample_values({2, 0}), 1));
            return samples;
          },
      .rejections =
          [=] {
            return axis_rejections(name, [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); });
          },
  };
}

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

static const Register registered_argsort{with_cases(
    sort_entry("argsort", "The stable order that sorts x along an axis.",
               "indices with x[indices[0]] <= x[indices[1]] <= ...", "none: the result is an index", argsort),
    [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, NAN, 1, 1})}, .value = {2, 3, 0, 1}, .arguments = "0", .build = [](auto x) {
             return argsort(x[0], 0);
           }}};
    })};
static const Register registered_sort{
    with_cases(sort_entry("sort", "x sorted along an axis.", "gather(x, axis, argsort(x, axis))",
                          "scatter_add(zeros_like(x), axis, argsort(x, axis), c)", sort),
               [] {
                 return std::vector<SpecialCase>{{.inputs = {special_array({2, NAN, 1})},
                                                  .value = {1, 2, NAN},
                                                  .gradient = {1, 1, 1},
                                                  .arguments = "0",
                                                  .build = [](auto x) { return sort(x[0], 0); }}};
               })};

}  // namespace xgrad
