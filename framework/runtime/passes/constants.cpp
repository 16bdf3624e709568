#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/prefetch.hpp>
#include <xgrad/framework/runtime/passes/constants.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace xgrad {
namespace {

// A result may be larger than its operands by this much.
constexpr std::int64_t most_growth = 64 * 1024;

class Folding {
 public:
  explicit Folding(const Graph& graph) {
    // Few nodes are constant: only those are numbered.
    for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
      prefetch_ahead(graph.nodes, index);
      const auto& node = *graph.nodes[index];
      if (const auto bytes = folded_bytes(node)) {
        constants_.insert(node);
        bytes_.push_back(*bytes);
      } else {
        for (const auto& input : node.inputs()) fold(input);
      }
    }
    for (const auto& output : graph.outputs) fold(output);
  }

  /// The results to compute: those that others than constants read.
  const std::vector<Tensor>& results() const { return results_; }

  /// The position of a node in `results`.
  std::optional<std::uint32_t> position(const Node& node) const { return folded_.find(node); }

 private:
  bool is_constant(const Node& node) const { return constants_.find(node).has_value(); }

  /// Bytes of memory of a node that depends on constants alone and may be computed; nothing for any other.
  std::optional<std::int64_t> folded_bytes(const Node& node) const {
    if (node.outputs().size() != 1) return std::nullopt;
    if (node.inputs().empty()) {
      const auto* constant = dynamic_cast<const Constant*>(&node.op());
      return constant ? std::optional(static_cast<std::int64_t>(constant->value().bytes().size())) : std::nullopt;
    }
    std::int64_t operands = 0;
    for (const auto& input : node.inputs()) {
      const auto number = constants_.find(input.node());
      if (!number) return std::nullopt;
      operands += bytes_[*number];
    }
    if (node.op().is_broadcast()) return operands;
    const auto& [dtype, shape] = node.outputs()[0];
    if (!shape.is_known()) return std::nullopt;
    const auto bytes = shape.size().value() * static_cast<std::int64_t>(size_of(dtype));
    return bytes <= operands + most_growth ? std::optional(bytes) : std::nullopt;
  }

  void fold(Tensor tensor) {
    if (!is_constant(tensor.node())) return;
    while (tensor.node().op().is_broadcast()) tensor = Tensor(tensor.node().inputs()[0]);
    const auto& node = tensor.node();
    if (node.inputs().empty()) return;
    if (folded_.insert(node).second) results_.push_back(tensor);
  }

  NodeIndex constants_;
  std::vector<std::int64_t> bytes_;  // by number of the constant
  NodeIndex folded_;
  std::vector<Tensor> results_;
};

}  // namespace

Graph fold_constants(Graph graph, const Evaluate& evaluate) {
  const Folding folding(graph);
  if (folding.results().empty()) return graph;
  auto arrays = evaluate(folding.results());
  return rewrite(std::move(graph), [&](const NodeHandle&, const Node& original) -> std::optional<Tensor> {
    const auto position = folding.position(original);
    return position ? std::optional(constant(std::move(arrays[*position]), original.name())) : std::nullopt;
  });
}

}  // namespace xgrad
