#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Replaces operators by what they simplify to (`Op::simplify`), and formulas of repeated operands by the repeated
/// result of the formula.
Graph simplify_algebra(Graph graph);

}  // namespace xgrad
