#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/shift.hpp>

#include <algorithm>
#include <limits>

namespace xgrad {
namespace {

class Shift final : public Op {
 public:
  Shift(std::int64_t periods, std::size_t axis, Number fill) : periods_(periods), axis_(axis), fill_(fill) {}

  std::string_view name() const override { return "shift"; }
  std::optional<Attributes> attributes() const override {
    return Attributes{{"periods", periods_}, {"axis", axis_}, {"fill", fill_}};
  }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() { move<T>(arguments.inputs[0], arguments.outputs[0].as<T>()); });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    return shift(at.cotangent(), -periods_, static_cast<std::int64_t>(axis_));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0});
  }

  double operations(std::span<const Extents>) const override { return 0; }

 private:
  template <class T>
  void move(const ArrayView& input, T* output) const {
    const IndexedAxis around(input.shape, axis_);
    const auto line = around.size * around.inner;
    const auto freed = std::min(periods_ < 0 ? -periods_ : periods_, around.size) * around.inner;
    for (const T* x = input.as<T>(); x < input.as<T>() + around.outer * line; x += line, output += line) {
      if (periods_ >= 0) {
        std::copy_n(x, line - freed, std::fill_n(output, freed, fill_.as<T>()));
      } else {
        std::fill_n(std::copy_n(x + freed, line - freed, output), freed, fill_.as<T>());
      }
    }
  }

  std::int64_t periods_;
  std::size_t axis_;
  Number fill_;
};

}  // namespace

Tensor shift(const Tensor& x, std::int64_t periods, std::int64_t axis, Number fill) {
  const auto position = normalize_axis("shift", axis, x.rank());
  number_like("shift", fill, x);  // refuses what the dtype cannot hold
  // The smallest integer has no negative, which the rule needs; its neighbour leaves nothing in place either.
  const auto reversible = std::max(periods, -std::numeric_limits<std::int64_t>::max());
  return apply(std::make_shared<const Shift>(reversible, position, fill), {x});
}

static const Register registered_shift{{
    .name = "shift",
    .family = OperatorFamily::shape,
    .signature = "shift(x, periods, axis = 0, fill = 0)",
    .summary = "x moved along an axis; free places are filled, what leaves is lost.",
    .formula = "result[i] = x[i - periods], fill where there is none",
    .gradient = "shift(c, -periods, axis)",
    .shapes = "x of one axis or more: the shape of x",
}};

}  // namespace xgrad
