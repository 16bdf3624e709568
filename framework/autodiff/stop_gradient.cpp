#include <xgrad/framework/autodiff/stop_gradient.hpp>
#include <xgrad/framework/core/op.hpp>

namespace xgrad {
namespace {

class StopGradient final : public Op {
 public:
  std::string_view name() const override { return "stop_gradient"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  std::optional<Tensor> vjp(const Vjp&, std::size_t) const override { return std::nullopt; }
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override { return inputs[0]; }
  bool is_reshape() const override { return true; }
};

}  // namespace

Tensor stop_gradient(const Tensor& tensor) {
  static const auto op = std::make_shared<const StopGradient>();
  return apply(op, {tensor});
}

}  // namespace xgrad
