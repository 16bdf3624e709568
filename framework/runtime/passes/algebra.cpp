#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/runtime/passes/algebra.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <utility>

namespace xgrad {
namespace {

/// A formula all of whose operands are repeated along an axis gives the same there over and over: the formula first,
/// the broadcast afterwards.
std::optional<Tensor> repeat_result(const Node& node) {
  const auto inputs = node.inputs();
  const auto is_broadcast = [](const Tensor& input) { return input.node().op().is_broadcast(); };
  const auto repeated = std::find_if(inputs.begin(), inputs.end(), [&](const Tensor& input) {
    return is_broadcast(input) && input.shape() == node.outputs()[0].shape;
  });
  if (repeated == inputs.end() || !dynamic_cast<const Elementwise*>(&node.op())) return std::nullopt;
  std::vector<Tensor> operands;
  Shape shape;
  for (const auto& input : inputs) {
    operands.push_back(is_broadcast(input) ? input.node().inputs()[0] : input);
    shape = broadcast(node.op().name(), shape, operands.back().shape());
  }
  if (shape == node.outputs()[0].shape) return std::nullopt;
  // The broadcast to this node's shape is there already, of an operand.
  const auto& broadcast_op = repeated->node().shared_op();
  return apply(broadcast_op, {apply(node.shared_op(), std::move(operands))});
}

std::optional<Tensor> simpler(const NodeHandle& node, const Node&) {
  if (node->outputs().size() != 1 || node->inputs().empty()) return std::nullopt;
  auto result = node->op().simplify(node->inputs());
  return result ? result : repeat_result(*node);
}

}  // namespace

Graph simplify_algebra(Graph graph) { return rewrite(std::move(graph), simpler); }

}  // namespace xgrad
