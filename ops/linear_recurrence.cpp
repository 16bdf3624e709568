#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/recurrence.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/linear_recurrence.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/shift.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

class LinearRecurrence final : public Op {
 public:
  LinearRecurrence(std::size_t axis, bool reverse) : axis_(axis), reverse_(reverse) {}

  std::string_view name() const override { return "linear_recurrence"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"axis", axis_}, {"reverse", reverse_}}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.outputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        const T* factors = arguments.inputs[0].as<T>();
        run_recurrence(arguments.outputs[0], axis_, reverse_, arguments.inputs[1].as<T>(),
                       [=](auto i) { return factors[i]; });
      }
    });
  }

  // The cotangents run through the same recurrence the other way.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto axis = static_cast<std::int64_t>(axis_);
    const auto forwards = reverse_ ? -1 : 1;
    const auto terms = linear_recurrence(shift(at.input(0), -forwards, axis), at.cotangent(), axis, !reverse_);
    return index == 1 ? terms : multiply_nonzeros(terms, shift(at.output(), forwards, axis));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType>) const override {
    return axis_ == 0 ? std::nullopt : std::optional(std::vector{0, 0});
  }

  double cost(std::span<const Extents>) const override { return 4; }
  double operations(std::span<const Extents>) const override { return 2; }

 private:
  std::size_t axis_;
  bool reverse_;
};

}  // namespace

Tensor linear_recurrence(const Tensor& factors, const Tensor& terms, std::int64_t axis, bool reverse) {
  expect_floating("linear_recurrence", factors.dtype());
  if (factors.dtype() != terms.dtype()) {
    throw DTypeError(fmt::format("linear_recurrence: expected inputs of one dtype, but got {} and {}; cast one of them",
                                 to_string(factors.dtype()), to_string(terms.dtype())));
  }
  const auto shape = broadcast("linear_recurrence", factors.shape(), terms.shape());
  const auto position = normalize_axis("linear_recurrence", axis, shape.rank());
  return apply(std::make_shared<const LinearRecurrence>(position, reverse),
               {broadcast_to(factors, shape), broadcast_to(terms, shape)});
}

static const Register registered_linear_recurrence{{
    .name = "linear_recurrence",
    .family = OperatorFamily::reduction,
    .signature = "linear_recurrence(factors, terms, axis, reverse = false)",
    .summary = "What a linear recurrence along an axis makes of its terms.",
    .formula = "y[t] = factors[t] * y[t - 1] + terms[t], y = 0 before the first; y[t + 1] instead with reverse",
    .gradient = "g with g[t] = factors[t + 1] * g[t + 1] + c[t] for the terms, g[t] * y[t - 1] for the factors",
    .shapes = "factors and terms that broadcast: the shape of both",
}};

}  // namespace xgrad
