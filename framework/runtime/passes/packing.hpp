#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Packs inputs of kernels (`Op::packable_input`) by nodes of their own, one for all nodes that read the same tensor in
/// the same way.
Graph pack_inputs(Graph graph);

}  // namespace xgrad
