#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Lets kernels read operands in place of their transposes, where they have a flag for it (`Op::without_transposes`).
Graph absorb_transposes(Graph graph);

}  // namespace xgrad
