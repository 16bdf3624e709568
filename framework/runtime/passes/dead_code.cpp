#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/runtime/passes/dead_code.hpp>

#include <cstddef>
#include <utility>

namespace xgrad {
namespace {

// Nodes of a large graph are not in cache: what a walk needs this many nodes later is asked for.
constexpr std::ptrdiff_t ahead = 8;

}  // namespace

Graph drop_dead_code(Graph graph) {
  if (!graph.may_hold_dead_code) return graph;
  NodeIndex live(graph.nodes.size());
  for (const auto& output : graph.outputs) live.insert(output.node());
  // From the last to the first, so that readers come before what they read; those that stay move to the end.
  auto kept = graph.nodes.rbegin();
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    if (graph.nodes.rend() - node > ahead) {
      for (const auto& input : node[ahead]->inputs()) __builtin_prefetch(&input.node());
    }
    if (!live.find(**node)) continue;
    for (const auto& input : (*node)->inputs()) live.insert(input.node());
    std::swap(*kept++, *node);
  }
  graph.nodes.erase(graph.nodes.begin(), kept.base());
  graph.may_hold_dead_code = false;
  return graph;
}

}  // namespace xgrad
