#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Drops the nodes that no output is computed from.
Graph drop_dead_code(Graph graph);

}  // namespace xgrad
