#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/negative.hpp>
#include <xgrad/ops/standardize/standardize_gradient.hpp>
#include <xgrad/ops/standardize/standardize_rows.hpp>
#include <xgrad/ops/sum.hpp>

namespace xgrad {
namespace {

class StandardizeGradient final : public Op {
 public:
  std::string_view name() const override { return "standardize_gradient"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    const auto& cotangent = arguments.inputs[0];
    visit_floating(cotangent.dtype, [&]<class T>() {
      standardize_gradient_rows(
          cotangent.as<T>(), arguments.inputs[1].as<T>(), arguments.inputs[2].as<T>(), arguments.outputs[0].as<T>(),
          element_count(cotangent.shape.first(cotangent.shape.size() - 1)), cotangent.shape.back());
    });
  }

  // It is linear in the cotangent and in the scale, and the map from the cotangent to the result is symmetric.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto& cotangent = at.input(0);
    const auto& standardized = at.input(1);
    const auto& scale = at.input(2);
    const auto& change = at.cotangent();
    if (index == 0) return standardize_gradient(change, standardized, scale);
    if (index == 2) return sum(change * at.output(), -1, true) / scale;
    const auto along = [&](const Tensor& rows) { return mean(rows * standardized, -1, true); };
    return -scale * (change * along(cotangent) + cotangent * along(change));
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0, 0, 0};
  }

  double cost(std::span<const Extents>) const override { return 5; }
  double operations(std::span<const Extents>) const override { return 7; }
};

}  // namespace

Tensor standardize_gradient(const Tensor& cotangent, const Tensor& standardized, const Tensor& scale) {
  static const auto op = std::make_shared<const StandardizeGradient>();
  return apply(op, {cotangent, standardized, scale});
}

}  // namespace xgrad
