#include <xgrad/framework/runtime/passes/graph.hpp>

#include <utility>

namespace xgrad {

Graph graph_below(std::vector<Tensor> outputs) {
  auto nodes = nodes_below(outputs);
  return {std::move(nodes), std::move(outputs)};
}

}  // namespace xgrad
