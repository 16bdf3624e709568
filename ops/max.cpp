#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/framework/core/visit_integer.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <fmt/format.h>

#include <limits>

namespace xgrad {
namespace {

/// max and min.
class Extremum final : public AxisReduction {
 public:
  Extremum(bool largest, std::vector<std::size_t> axes) : AxisReduction(std::move(axes)), largest_(largest) {}

  std::string_view name() const override { return largest_ ? "max" : "min"; }

  bool can_fail() const override { return false; }

  // What is not a number wins on either side.
  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    const auto& output = arguments.outputs[0];
    const auto reduced = marks(input);
    visit_floating(output.dtype, [&]<class T>() {
      constexpr T infinity = std::numeric_limits<T>::infinity();
      if (largest_) {
        reduce<T>(input, output, reduced, -infinity, [](T a, T b) { return a > b || a != a ? a : b; });
      } else {
        reduce<T>(input, output, reduced, infinity, [](T a, T b) { return a < b || a != a ? a : b; });
      }
    });
    // Of integers, the smallest is the one whose inverse is the largest.
    visit_integer(output.dtype, [&]<class T>() {
      const T inverted = largest_ ? T(0) : static_cast<T>(~T(0));
      reduce<T>(
          input, output, reduced, std::numeric_limits<T>::lowest(), [](T a, T b) { return a > b ? a : b; },
          [=](T x) { return static_cast<T>(x ^ inverted); });
      T* results = output.as<T>();
      for (std::int64_t i = 0; i < element_count(output.shape); ++i) results[i] = static_cast<T>(results[i] ^ inverted);
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto is_extremum = cast(equal(at.input(), at.output()), at.input().dtype());
    const auto ties = sum(is_extremum, axes(), true);
    return multiply_nonzeros(is_extremum, at.cotangent()) / ties;
  }

 private:
  DType result_dtype(DType x) const override {
    if (x == DType::boolean) {
      throw DTypeError(fmt::format("{}: expected numbers, but got bool; cast it to uint8", name()));
    }
    return x;
  }

  bool largest_;
};

Tensor extremum(bool largest, const Tensor& x, const Axes& axes, bool keepdims) {
  auto reduced = nonempty_axes(largest ? "max" : "min", x, axes);
  const auto result = apply(std::make_shared<const Extremum>(largest, std::move(reduced)), {x});
  return keepdims ? result : squeeze(result, axes);
}

}  // namespace

Tensor max(const Tensor& x, const Axes& axes, bool keepdims) { return extremum(true, x, axes, keepdims); }
Tensor min(const Tensor& x, const Axes& axes, bool keepdims) { return extremum(false, x, axes, keepdims); }

std::vector<std::size_t> nonempty_axes(std::string_view where, const Tensor& x, const Axes& axes) {
  auto reduced = axes.normalized(where, x.rank());
  for (auto axis : reduced) {
    if (x.shape()[axis] == Dim(0)) {
      throw ShapeError(fmt::format("{}: axis {} of shape {} is empty, and nothing has no {}; give it elements", where,
                                   axis, x.shape().to_string(), where));
    }
  }
  return reduced;
}

static const Register registered_max{{
    .name = "max",
    .family = OperatorFamily::reduction,
    .signature = "max(x, axes = all, keepdims = false)",
    .summary = "Largest element over axes.",
    .formula = "max of x over axes",
    .gradient = "c for the element that is the max, shared evenly where several are",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};
static const Register registered_min{{
    .name = "min",
    .family = OperatorFamily::reduction,
    .signature = "min(x, axes = all, keepdims = false)",
    .summary = "Smallest element over axes.",
    .formula = "min of x over axes",
    .gradient = "c for the element that is the min, shared evenly where several are",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
