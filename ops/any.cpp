#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/any.hpp>
#include <xgrad/ops/reshape.hpp>

#include <cmath>
#include <cstdint>
#include <functional>

namespace xgrad {
namespace {

/// any and all.
class Truth final : public AxisReduction {
 public:
  Truth(bool of_all, std::vector<std::size_t> axes) : AxisReduction(std::move(axes)), of_all_(of_all) {}

  std::string_view name() const override { return of_all_ ? "all" : "any"; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    visit(input.dtype, [&]<class T>() {
      // As bytes, which vector registers hold, and without the short circuits of && and ||.
      const auto fold_truth = [&](std::uint8_t initial, auto step) {
        reduce<T>(input, arguments.outputs[0], marks(input), initial, step,
                  [](T value) -> std::uint8_t { return value != T(0); });
      };
      if (of_all_) {
        fold_truth(1, std::bit_and<std::uint8_t>());
      } else {
        fold_truth(0, std::bit_or<std::uint8_t>());
      }
    });
  }

 private:
  DType result_dtype(DType) const override { return DType::boolean; }

  bool of_all_;
};

Tensor truth(bool of_all, const Tensor& x, const Axes& axes, bool keepdims) {
  auto reduced = axes.normalized(of_all ? "all" : "any", x.rank());
  const auto result = apply(std::make_shared<const Truth>(of_all, std::move(reduced)), {x});
  return keepdims ? result : squeeze(result, axes);
}

OperatorEntry truth_entry(std::string name, std::string which, Tensor (*function)(const Tensor&, const Axes&, bool)) {
  return {
      .name = name,
      .family = OperatorFamily::reduction,
      .signature = name + "(x, axes = all, keepdims = false)",
      .summary = "Whether " + which + " over axes differs from 0.",
      .formula = name + " of x != 0 over axes",
      .gradient = "none: the result is boolean",
      .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
      .samples =
          [=] {
            auto samples = reduction_samples(function);
            const auto add = [&](std::string label, Array x) {
              samples.push_back({std::move(label),
                                 {std::move(x)},
                                 [=](auto x) { return function(x[0], 1, false); },
                                 {{"axes", {1}}}});
            };
            add("bool", xt::xarray<bool>{{true, false}, {false, false}, {true, true}});
            add("integers", xt::xarray<int>{{-1, 0, 2}, {0, 0, 0}, {1, 2, 3}});
            add("empty axis", Array(DType::float64, {2, 0}));
            return samples;
          },
      .rejections = [=] { return reduction_rejections(name, function); },
  };
}

}  // namespace

Tensor any(const Tensor& x, const Axes& axes, bool keepdims) { return truth(false, x, axes, keepdims); }
Tensor all(const Tensor& x, const Axes& axes, bool keepdims) { return truth(true, x, axes, keepdims); }

static const Register registered_any{with_cases(truth_entry("any", "some element", any), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({0, NAN})}, .value = {1}},
                                  {.inputs = {special_array({}, {0})}, .value = {0}}};
})};
static const Register registered_all{with_cases(truth_entry("all", "every element", all), [] {
  return std::vector<SpecialCase>{{.inputs = {special_array({1, NAN})}, .value = {1}},
                                  {.inputs = {special_array({}, {0})}, .value = {1}}};
})};

}  // namespace xgrad
