#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/roll.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace xgrad {
namespace {

class Roll final : public Op {
 public:
  Roll(std::int64_t shift, std::size_t axis) : shift_(shift), axis_(axis) {}

  std::string_view name() const override { return "roll"; }
  std::string attributes() const override { return fmt::format("shift={}, axis={}", shift_, axis_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    const IndexedAxis around(x.shape, axis_);
    const auto line = around.size * around.inner;
    if (line == 0) return;
    const auto shift = shift_ % around.size;
    const auto first = (shift > 0 ? around.size - shift : -shift) * around.inner;
    visit(x.dtype, [&]<class T>() {
      for (std::int64_t outer = 0; outer < around.outer; ++outer) {
        const T* begin = x.as<T>() + outer * line;
        std::rotate_copy(begin, begin + first, begin + line, arguments.outputs[0].as<T>() + outer * line);
      }
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return roll(at.cotangent(), -shift_, static_cast<std::int64_t>(axis_));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    if (axis_ == 0) return std::nullopt;
    return std::vector{0};
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  std::int64_t shift_;
  std::size_t axis_;
};

}  // namespace

Tensor roll(const Tensor& x, std::int64_t shift, std::int64_t axis) {
  const auto along = normalize_axis("roll", axis, x.rank());
  if (shift == 0) return x;
  if (shift == std::numeric_limits<std::int64_t>::min()) {  // has no negative, which the rule needs
    return roll(roll(x, shift / 2, axis), shift / 2, axis);
  }
  return apply(std::make_shared<const Roll>(shift, along), {x});
}

Tensor roll(const Tensor& x, const std::vector<std::int64_t>& shifts, const std::vector<std::int64_t>& axes) {
  if (shifts.size() != axes.size()) {
    throw ValueError(fmt::format("roll: expected a shift for each axis, but got {} shift(s) and {} axes", shifts.size(),
                                 axes.size()));
  }
  Tensor result = x;
  for (std::size_t i = 0; i < axes.size(); ++i) result = roll(result, shifts[i], axes[i]);
  return result;
}

Tensor roll(const Tensor& x, std::int64_t shift) { return reshape(roll(reshape(x, {infer_dim}), shift, 0), x.shape()); }

static const Register registered_roll{{
    .name = "roll",
    .family = OperatorFamily::shape,
    .signature = "roll(x, shift, axis = flattened), roll(x, shifts, axes)",
    .summary =
        "x with its elements moved along one axis or several; those that leave at one end come back at the other.",
    .formula = "result[i] = x[(i - shift) mod n]",
    .gradient = "roll(c, -shift, axis)",
    .shapes = "x: the shape of x",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, std::int64_t shift, std::int64_t axis) {
            samples.push_back({std::move(label),
                               {sample_values(shape)},
                               [=](auto x) { return roll(x[0], shift, axis); },
                               {{"shift", {static_cast<double>(shift)}}, {"axis", {static_cast<double>(axis)}}}});
          };
          add("rows", {4, 2}, 1, 0);
          add("columns back", {2, 4}, -1, -1);
          add("more than the size", {2, 3, 2}, 7, 1);
          add("less than minus the size", {2, 5}, -8, 1);
          add("all the way", {2, 3}, 3, 1);
          add("by nothing", {2, 2}, 0, 0);
          add("one element", {1}, 1, 0);
          add("no elements", {0, 3}, 2, 1);
          add("an axis without elements", {0, 3}, 2, 0);
          const auto add_axes = [&](std::string label, std::vector<std::int64_t> shifts,
                                    std::vector<std::int64_t> axes) {
            samples.push_back({std::move(label),
                               {sample_values({3, 2, 4})},
                               [=](auto x) { return roll(x[0], shifts, axes); },
                               {{"shift", {shifts.begin(), shifts.end()}}, {"axes", {axes.begin(), axes.end()}}}});
          };
          add_axes("two axes", {1, -3}, {1, -1});
          add_axes("an axis twice", {1, 2, 1}, {2, 0, 2});
          add_axes("no axes", {}, {});
          samples.push_back(
              {"flattened", {sample_values({2, 3})}, [](auto x) { return roll(x[0], 2); }, {{"shift", {2}}}});
          samples.push_back({"scalar", {sample_values({})}, [](auto x) { return roll(x[0], 1); }, {{"shift", {1}}}});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"an axis that does not exist",
                                         [] {
                                           roll(input({2, 3}), 1, 2);
                                         },
                                         "roll: axis 2 does not exist"},
                                        {"fewer shifts than axes",
                                         [] {
                                           roll(input({2, 3}), {1}, {0, 1});
                                         },
                                         "roll: expected a shift for each axis, but got 1 shift(s) and 2 axes"}};
        },
}};

}  // namespace xgrad
