#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_size.hpp>
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
  std::optional<Attributes> attributes() const override { return Attributes{{"shift", shift_}, {"axis", axis_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& x = arguments.inputs[0];
    const IndexedAxis around(x.shape, axis_);
    const auto line = around.size * around.inner;
    if (line == 0) return;
    const auto shift = shift_ % around.size;
    const auto first = (shift > 0 ? around.size - shift : -shift) * around.inner;
    visit_size(x.dtype, [&]<class T>() {
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
}};

}  // namespace xgrad
