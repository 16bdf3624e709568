#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

#include <span>

namespace xgrad {

/// Packs inputs of kernels (`Op::packable_input`) by nodes of their own, one for all nodes that read the same tensor in
/// the same way. What is packed from a parameter that is not `updated` is kept from call to call, so that it pays off
/// however few rows there are.
Graph pack_inputs(Graph graph, std::span<const Tensor> updated);

}  // namespace xgrad
