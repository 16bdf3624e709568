#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/runtime/passes/constants.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace xgrad {
namespace {

// A result may be larger than its operands by this much.
constexpr std::int64_t most_growth = 64 * 1024;

class Folding {
 public:
  explicit Folding(const Graph& graph) : index_(graph.nodes.size()) {
    bytes_.reserve(graph.nodes.size());
    for (const auto& node : graph.nodes) {
      index_.insert(*node);
      bytes_.push_back(folded_bytes(*node));
    }
    for (const auto& node : graph.nodes) {
      if (is_constant(*node)) continue;
      for (const auto& input : node->inputs()) fold(input);
    }
    for (const auto& output : graph.outputs) fold(output);
  }

  /// The results to compute: those that others than constants read.
  const std::vector<Tensor>& results() const { return results_; }

  /// The position of a node in `results`.
  std::optional<std::uint32_t> position(const Node& node) const { return folded_.find(node); }

 private:
  static constexpr std::int64_t not_constant = -1;

  bool is_constant(const Node& node) const { return bytes_[index_[node]] != not_constant; }

  /// Bytes of memory of a node that depends on constants alone and may be computed.
  std::int64_t folded_bytes(const Node& node) const {
    if (node.outputs().size() != 1) return not_constant;
    if (node.inputs().empty()) {
      const auto* constant = dynamic_cast<const Constant*>(&node.op());
      return constant ? static_cast<std::int64_t>(constant->value().bytes().size()) : not_constant;
    }
    std::int64_t operands = 0;
    for (const auto& input : node.inputs()) {
      const auto bytes = bytes_[index_[input.node()]];
      if (bytes == not_constant) return not_constant;
      operands += bytes;
    }
    if (node.op().is_broadcast()) return operands;
    const auto& [dtype, shape] = node.outputs()[0];
    if (!shape.is_known()) return not_constant;
    const auto bytes = shape.size().value() * static_cast<std::int64_t>(size_of(dtype));
    return bytes <= operands + most_growth ? bytes : not_constant;
  }

  void fold(Tensor tensor) {
    while (is_constant(tensor.node()) && tensor.node().op().is_broadcast()) tensor = Tensor(tensor.node().inputs()[0]);
    const auto& node = tensor.node();
    if (node.inputs().empty() || !is_constant(node)) return;
    if (folded_.insert(node).second) results_.push_back(tensor);
  }

  NodeIndex index_;
  std::vector<std::int64_t> bytes_;  // by node
  NodeIndex folded_;
  std::vector<Tensor> results_;
};

}  // namespace

Graph fold_constants(Graph graph, const Evaluate& evaluate) {
  const Folding folding(graph);
  if (folding.results().empty()) return graph;
  auto arrays = evaluate(folding.results());
  return rewrite(
      std::move(graph), [&](const std::shared_ptr<const Node>&, const Node& original) -> std::optional<Tensor> {
        const auto position = folding.position(original);
        return position ? std::optional(constant(std::move(arrays[*position]), original.name())) : std::nullopt;
      });
}

}  // namespace xgrad
