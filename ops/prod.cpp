#include <xgrad/framework/core/axis_reduction.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/prod.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/shift.hpp>

#include <type_traits>

namespace xgrad {
namespace {

class Prod final : public AxisReduction {
 public:
  using AxisReduction::AxisReduction;

  std::string_view name() const override { return "prod"; }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    visit(input.dtype, [&]<class T>() {
      if constexpr (!std::is_same_v<T, bool>) {
        // Every rounding of a factor stays in a product, whatever the order: float32 is multiplied in float64.
        using Wide = std::conditional_t<std::is_same_v<T, float>, double, T>;
        reduce<T, T>(input, arguments.outputs[0], marks(input), Wide(1),
                     [](Wide a, Wide b) { return static_cast<Wide>(a * b); });
      }
    });
  }

  // The product of all others is that of those before times that of those behind: nothing is divided by what may be 0.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto line = merge_axes(at.input(), axes());
    const auto others = shift(cumprod(line, -1), 1, -1, 1) * shift(cumprod(line, -1, true), -1, -1, 1);
    return at.cotangent() * split_axes(others, axes(), at.input().shape());
  }

 private:
  DType result_dtype(DType x) const override { return x; }
};

}  // namespace

Tensor prod(const Tensor& x, const Axes& axes, bool keepdims) {
  const auto result = apply(std::make_shared<const Prod>(axes.normalized("prod", x.rank())), {widened(x)});
  return keepdims ? result : squeeze(result, axes);
}

static const Register registered_prod{{
    .name = "prod",
    .family = OperatorFamily::reduction,
    .signature = "prod(x, axes = all, keepdims = false)",
    .summary = "Product over axes. Integers and booleans are multiplied as int64.",
    .formula = "product of x over axes",
    .gradient = "c * product of all other elements",
    .shapes = "x: its shape without the axes, or with sizes of 1 with keepdims",
}};

}  // namespace xgrad
