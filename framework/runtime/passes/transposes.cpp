#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>
#include <xgrad/framework/runtime/passes/transposes.hpp>

#include <utility>

namespace xgrad {

Graph absorb_transposes(Graph graph) {
  return rewrite(std::move(graph), [](const std::shared_ptr<const Node>& node, const Node&) -> std::optional<Tensor> {
    if (node->outputs().size() != 1) return std::nullopt;
    return node->op().without_transposes(node->inputs());
  });
}

}  // namespace xgrad
