#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <memory>
#include <span>
#include <vector>

namespace xgrad {

/// A graph on its way through the passes of `compile`: a list of nodes, each after its inputs, and what is asked for.
struct Graph {
  std::vector<NodeHandle> nodes;
  std::vector<Tensor> outputs;
  bool may_hold_dead_code = false;  ///< nodes from which no output is computed
};

/// Everything that `outputs` are computed from, in the order in which it was built.
Graph graph_below(std::vector<Tensor> outputs);

}  // namespace xgrad
