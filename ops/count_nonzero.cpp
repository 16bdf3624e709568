#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/count_nonzero.hpp>
#include <xgrad/ops/reshape.hpp>

#include <cmath>
#include <functional>

namespace xgrad {
namespace {

class CountNonzero final : public AxisReduction {
 public:
  using AxisReduction::AxisReduction;

  std::string_view name() const override { return "count_nonzero"; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    visit(input.dtype, [&]<class T>() {
      reduce<T>(input, arguments.outputs[0], marks(input), std::int64_t{0}, std::plus<>(),
                [](T value) -> std::int64_t { return value != T(0); });
    });
  }

 private:
  DType result_dtype(DType) const override { return DType::int64; }
};

}  // namespace

Tensor count_nonzero(const Tensor& x, const Axes& axes, bool keepdims) {
  const auto result = apply(std::make_shared<const CountNonzero>(axes.normalized("count_nonzero", x.rank())), {x});
  return keepdims ? result : squeeze(result, axes);
}

static const Register registered_count_nonzero{{
    .name = "count_nonzero",
    .family = OperatorFamily::reduction,
    .signature = "count_nonzero(x, axes = all, keepdims = false)",
    .summary = "How many elements over axes differ from 0.",
    .formula = "sum of x != 0 over axes",
    .gradient = "none: the result is a count",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
    .samples =
        [] {
          auto samples = reduction_samples(count_nonzero);
          const auto add = [&](std::string label, Array x) {
            samples.push_back(
                {std::move(label), {std::move(x)}, [](auto x) { return count_nonzero(x[0], 1); }, {{"axes", {1}}}});
          };
          add("bool", xt::xarray<bool>{{true, false}, {false, false}, {true, true}});
          add("zeros", xt::xarray<double>{{-1, 0, 2}, {0, 0, 0}});
          add("uint8", xt::xarray<std::uint8_t>{{255, 0, 2}, {0, 0, 1}});
          return samples;
        },
    .rejections = [] { return reduction_rejections("count_nonzero", count_nonzero); },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, -0.0, NAN, INFINITY})}, .value = {2}},
                                          {.inputs = {special_array({}, {0})}, .value = {0}}};
        },
}};

}  // namespace xgrad
