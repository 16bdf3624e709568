#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/runtime/passes/dead_code.hpp>

#include <algorithm>

namespace xgrad {

Graph drop_dead_code(Graph graph) {
  NodeIndex live(graph.nodes.size());
  for (const auto& output : graph.outputs) live.insert(output.node());
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    if (!live.find(**node)) continue;
    for (const auto& input : (*node)->inputs()) live.insert(input.node());
  }
  std::erase_if(graph.nodes, [&](const auto& node) { return !live.find(*node); });
  return graph;
}

}  // namespace xgrad
