#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/multiply_no_nan.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/sum.hpp>

#include <fmt/format.h>

#include <cmath>
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
    visit(output.dtype, [&]<class T>() {
      using Limits = std::numeric_limits<T>;
      if (largest_) {
        const T lowest = Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
        reduce<T>(input, output, reduced, lowest, [](T a, T b) { return a > b || a != a ? a : b; });
      } else {
        const T highest = Limits::has_infinity ? Limits::infinity() : Limits::max();
        reduce<T>(input, output, reduced, highest, [](T a, T b) { return a < b || a != a ? a : b; });
      }
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

OperatorEntry extremum_entry(std::string name, std::string which,
                             Tensor (*function)(const Tensor&, const Axes&, bool)) {
  return {
      .name = name,
      .family = OperatorFamily::reduction,
      .signature = name + "(x, axes = all, keepdims = false)",
      .summary = which + " element over axes.",
      .formula = name + " of x over axes",
      .gradient = "c for the element that is the " + name + ", shared evenly where several are",
      .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
      .samples =
          [=] {
            auto samples = reduction_samples(function);
            samples.push_back(
                {"integers", {xt::xarray<int>{3, 1, 2}}, [=](auto x) { return function(x[0], {}, false); }});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, function);
            rejections.push_back({"an empty axis",
                                  [=] {
                                    function(input({2, 0}), 1, false);
                                  },
                                  name + ": axis 1 of shape (2, 0) is empty"});
            rejections.push_back({"boolean input", [=] { function(input({3}, {}, DType::boolean), {}, false); },
                                  name + ": expected numbers, but got bool"});
            return rejections;
          },
  };
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

static const Register registered_max{with_cases(extremum_entry("max", "Largest", max), [] {
  return std::vector<SpecialCase>{
      {.inputs = {special_array({1, 3, 3})}, .value = {3}, .gradient = {0, 0.5, 0.5}},
      {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {NAN, NAN}},
      {.inputs = {special_array({-INFINITY, -INFINITY})}, .value = {-INFINITY}, .gradient = {0.5, 0.5}}};
})};
static const Register registered_min{with_cases(extremum_entry("min", "Smallest", min), [] {
  return std::vector<SpecialCase>{
      {.inputs = {special_array({1, 1, 3})}, .value = {1}, .gradient = {0.5, 0.5, 0}},
      {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {NAN, NAN}},
      {.inputs = {special_array({INFINITY, INFINITY})}, .value = {INFINITY}, .gradient = {0.5, 0.5}}};
})};

}  // namespace xgrad
