#include <xgrad/framework/core/fold.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/visit_floating.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/softmax/softmax_gradient.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <functional>

namespace xgrad {
namespace {

template <class T>
void softmax_gradient_rows(const T* cotangent, const T* softmax, T* result, std::int64_t rows, std::int64_t count) {
  for (std::int64_t row = 0; row < rows; ++row, cotangent += count, softmax += count, result += count) {
    const T along = fold(Products<T>{cotangent, softmax}, count, T(0), std::plus<T>());
    for (std::int64_t i = 0; i < count; ++i) result[i] = cotangent[i] * softmax[i] - softmax[i] * along;
  }
}

class SoftmaxGradient final : public Op {
 public:
  std::string_view name() const override { return "softmax_gradient"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    const auto& cotangent = arguments.inputs[0];
    visit_floating(cotangent.dtype, [&]<class T>() {
      softmax_gradient_rows(cotangent.as<T>(), arguments.inputs[1].as<T>(), arguments.outputs[0].as<T>(),
                            element_count(cotangent.shape.first(cotangent.shape.size() - 1)), cotangent.shape.back());
    });
  }

  // The map from the cotangent to the result is linear and symmetric.
  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    const auto& cotangent = at.input(0);
    const auto& softmax = at.input(1);
    const auto& change = at.cotangent();
    if (index == 0) return softmax_gradient(change, softmax);
    const auto along = [&](const Tensor& rows) { return sum(rows * softmax, -1, true); };
    return change * (cotangent - along(cotangent)) - cotangent * along(change);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2) return std::nullopt;
    return std::vector{0, 0};
  }

  double cost(std::span<const Extents>) const override { return 3; }
  double operations(std::span<const Extents>) const override { return 5; }
};

}  // namespace

Tensor softmax_gradient(const Tensor& cotangent, const Tensor& result) {
  static const auto op = std::make_shared<const SoftmaxGradient>();
  return apply(op, {cotangent, result});
}

}  // namespace xgrad
