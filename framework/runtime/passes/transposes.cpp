#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>
#include <xgrad/framework/runtime/passes/transposes.hpp>

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace xgrad {
namespace {

std::optional<Tensor> without_transposes(const Node& node) {
  if (node.outputs().size() != 1) return std::nullopt;
  return node.op().without_transposes(node.inputs());
}

/// True for a tensor that reads what the node's one input is made of: it computes that input anew, in another order.
bool replaces_input(const Tensor& tensor, const Node& node) {
  return node.inputs().size() == 1 && !tensor.node().inputs().empty() &&
         std::ranges::equal(tensor.node().inputs(), node.inputs()[0].node().inputs());
}

/// How often tensors are read that could be replaced where they are.
class Reads {
 public:
  explicit Reads(const Graph& graph) {
    for (const auto& node : graph.nodes) {
      const auto replacement = without_transposes(*node);
      if (replacement && replaces_input(*replacement, *node)) reads_[node->inputs()[0].node().id()] = 0;
    }
    if (reads_.empty()) return;
    for (const auto& node : graph.nodes) {
      for (const auto& input : node->inputs()) count(input);
    }
    for (const auto& output : graph.outputs) count(output);
  }

  bool is_read_once(const Node& node) const {
    const auto found = reads_.find(node.id());
    return found != reads_.end() && found->second == 1;
  }

 private:
  void count(const Tensor& tensor) {
    if (const auto found = reads_.find(tensor.node().id()); found != reads_.end()) ++found->second;
  }

  std::unordered_map<std::uint64_t, int> reads_;  // by id
};

}  // namespace

Graph absorb_transposes(Graph graph) {
  const Reads reads(graph);
  return rewrite(std::move(graph), [&](const NodeHandle& node, const Node& original) {
    auto replacement = without_transposes(*node);
    // Whoever else reads the input would have it computed twice.
    if (replacement && replaces_input(*replacement, *node) && !reads.is_read_once(original.inputs()[0].node())) {
      replacement.reset();
    }
    return replacement;
  });
}

}  // namespace xgrad
