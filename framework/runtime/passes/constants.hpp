#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/runtime/passes/graph.hpp>

#include <functional>
#include <span>
#include <vector>

namespace xgrad {

/// Computes tensors that depend on constants alone.
using Evaluate = std::function<std::vector<Array>(std::span<const Tensor>)>;

/// Replaces what depends on constants alone by its value, unless that is more than 64 KiB larger than what it is
/// computed from: then it is left to the function's binding. Broadcasts stay, since their readers repeat the operand
/// for free. `evaluate` is called at most once.
Graph fold_constants(Graph graph, const Evaluate& evaluate);

}  // namespace xgrad
