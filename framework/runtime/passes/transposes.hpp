#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Lets kernels read operands in place of their transposes, and write results that are read transposed alone as such,
/// where they can (`Op::without_transposes`).
Graph absorb_transposes(Graph graph);

}  // namespace xgrad
