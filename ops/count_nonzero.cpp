#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/count_nonzero.hpp>
#include <xgrad/ops/nonzero_bits.hpp>
#include <xgrad/ops/reshape.hpp>

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
    visit_nonzero_bits(input.dtype, [&]<class T>(T mask) {
      reduce<T>(input, arguments.outputs[0], marks(input), std::int64_t{0}, std::plus<>(),
                [=](T bits) -> std::int64_t { return (bits & mask) != 0; });
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
}};

}  // namespace xgrad
