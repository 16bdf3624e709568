#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>
#include <xgrad/framework/runtime/passes/transposes.hpp>

namespace xgrad {

Graph absorb_transposes(const Graph& graph) {
  return rewrite(graph, [](const std::shared_ptr<const Node>& node, const Node&) -> std::optional<Tensor> {
    if (node->outputs().size() != 1) return std::nullopt;
    return node->op().without_transposes(node->inputs());
  });
}

}  // namespace xgrad
