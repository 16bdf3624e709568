#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/any.hpp>
#include <xgrad/ops/nonzero_bits.hpp>
#include <xgrad/ops/reshape.hpp>

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
    const auto& output = arguments.outputs[0];
    // As bytes, which vector registers hold, and without the short circuit of ||. All differ from 0 unless any does
    // not.
    const std::uint8_t inverted = of_all_;
    visit_nonzero_bits(input.dtype, [&]<class T>(T mask) {
      reduce<T>(input, output, marks(input), std::uint8_t{0}, std::bit_or<std::uint8_t>(),
                [=](T bits) -> std::uint8_t { return ((bits & mask) != 0) ^ inverted; });
    });
    auto* truths = output.as<std::uint8_t>();
    for (std::int64_t i = 0; i < element_count(output.shape); ++i) truths[i] ^= inverted;
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

}  // namespace

Tensor any(const Tensor& x, const Axes& axes, bool keepdims) { return truth(false, x, axes, keepdims); }
Tensor all(const Tensor& x, const Axes& axes, bool keepdims) { return truth(true, x, axes, keepdims); }

static const Register registered_any{{
    .name = "any",
    .family = OperatorFamily::reduction,
    .signature = "any(x, axes = all, keepdims = false)",
    .summary = "Whether some element over axes differs from 0.",
    .formula = "any of x != 0 over axes",
    .gradient = "none: the result is boolean",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};
static const Register registered_all{{
    .name = "all",
    .family = OperatorFamily::reduction,
    .signature = "all(x, axes = all, keepdims = false)",
    .summary = "Whether every element over axes differs from 0.",
    .formula = "all of x != 0 over axes",
    .gradient = "none: the result is boolean",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
