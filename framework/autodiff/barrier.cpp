#include <xgrad/framework/autodiff/barrier.hpp>
#include <xgrad/framework/core/leaf.hpp>

namespace xgrad {
namespace {

class Barrier final : public Op {
 public:
  std::string_view name() const override { return "barrier"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  bool is_reshape() const override { return true; }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    return index == 0 ? std::optional(at.cotangent()) : std::nullopt;
  }

  // Where there is nothing to wait for, it is better to share.
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    const Node* after = &inputs[1].node();
    while (after->op().is_broadcast()) after = &after->inputs()[0].node();
    return dynamic_cast<const Leaf*>(&after->op()) ? std::optional(inputs[0]) : std::nullopt;
  }
};

}  // namespace

Tensor barrier(const Tensor& x, const Tensor& after) {
  static const auto op = std::make_shared<const Barrier>();
  return apply(op, {x, after});
}

std::optional<Tensor> behind_barrier(const Tensor& tensor) {
  const auto& node = tensor.node();
  return dynamic_cast<const Barrier*>(&node.op()) ? std::optional(node.inputs()[0]) : std::nullopt;
}

}  // namespace xgrad
