#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/abs.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/maximum.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/norm.hpp>
#include <xgrad/ops/power.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/where.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace xgrad {
namespace {

/// tensor where the condition fails, else ones or zeros.
Tensor one_where(const Tensor& condition, const Tensor& tensor) { return where(condition, ones_like(tensor), tensor); }
Tensor zero_where(const Tensor& condition, const Tensor& tensor) {
  return where(condition, zeros_like(tensor), tensor);
}

/// The 2-norm. The second output is memory for sums that would have overflowed or underflowed.
class Norm final : public AxisReduction {
 public:
  using AxisReduction::AxisReduction;

  std::string_view name() const override { return "norm"; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto type = AxisReduction::infer(inputs)[0];
    return {type, type};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    visit(arguments.inputs[0].dtype, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) norms<T>(arguments);
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto is_zero = equal(at.output(), 0);
    return at.input() / one_where(is_zero, at.output()) * zero_where(is_zero, at.cotangent());
  }

 private:
  DType result_dtype(DType x) const override {
    expect_floating("norm", x);
    return x;
  }

  // Sums of squares as they are, then those beyond a safe range once more, of elements scaled by a power of 2.
  template <class T>
  void norms(const KernelArguments& arguments) const {
    const auto& input = arguments.inputs[0];
    T* result = arguments.outputs[0].as<T>();
    const auto count = element_count(arguments.outputs[0].shape);
    const auto sum_squares = [&](const ArrayView& output, T scale) {
      reduce<T>(input, output, marks(input), T(0), std::plus<T>(), [=](T x) { return x * scale * (x * scale); });
    };
    sum_squares(arguments.outputs[0], 1);
    const auto repair = [&](T scale, auto is_off) {
      if (std::none_of(result, result + count, is_off)) return;
      sum_squares(arguments.outputs[1], scale);
      const T* scaled = arguments.outputs[1].as<T>();
      for (std::int64_t i = 0; i < count; ++i) {
        if (is_off(result[i])) result[i] = -std::sqrt(scaled[i]) / scale;  // negative: finished
      }
    };
    const T large = std::ldexp(T(1), std::numeric_limits<T>::max_exponent * 2 / 3);
    repair(1 / large, [](T sum) { return sum > std::numeric_limits<T>::max(); });
    repair(large, [=](T sum) { return sum >= 0 && sum < 1 / large; });
    for (std::int64_t i = 0; i < count; ++i) result[i] = result[i] <= 0 ? -result[i] : std::sqrt(result[i]);
  }
};

/// Of another order than 1, 2 and infinity. Any scale gives the same value and derivatives; the largest element keeps
/// powers in range.
Tensor power_norm(const Tensor& x, double order, const Axes& axes) {
  const auto largest = stop_gradient(maximum(max(abs(x), axes, true), 0));  // over nothing, the largest is below 0
  const auto is_zero = equal(largest, 0);
  const auto scale = one_where(is_zero, one_where(equal(largest, INFINITY), largest));
  const auto total = sum(power(abs(one_where(is_zero, x) / scale), order), axes, true);
  return zero_where(is_zero, power(total, 1 / order) * scale);
}

/// `axes` of x, each of at least one element as far as is known.
bool has_elements(const Tensor& x, const std::vector<std::size_t>& axes) {
  return std::none_of(axes.begin(), axes.end(), [&](auto axis) { return x.shape()[axis] == Dim(0); });
}

}  // namespace

Tensor norm(const Tensor& x, double order, const Axes& axes, bool keepdims) {
  expect_floating("norm", x.dtype());
  if (!(order >= 1)) {
    throw ValueError(fmt::format("norm: expected an order of 1 or more, or infinity, but got {}; 2 is usual", order));
  }
  auto reduced = axes.normalized("norm", x.rank());
  if (order == 1 || !has_elements(x, reduced)) return sum(abs(x), axes, keepdims);
  // Of nothing, where a symbol turns out to be 0, the largest is below 0.
  if (order == INFINITY) return maximum(max(abs(x), axes, keepdims), 0);
  const auto result =
      order == 2 ? apply_all(std::make_shared<const Norm>(std::move(reduced)), {x})[0] : power_norm(x, order, axes);
  return keepdims ? result : squeeze(result, axes);
}

static const Register registered_norm{{
    .name = "norm",
    .family = OperatorFamily::reduction,
    .signature = "norm(x, order = 2, axes = all, keepdims = false)",
    .summary = "The p-norm of vectors along axes, without overflow of its powers.",
    .formula = "(sum |x|^order)^(1/order); the largest |x| for infinity; 0 of nothing",
    .gradient = "c * sign(x) * (|x| / norm(x))^(order - 1), 0 for the zero vector",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
