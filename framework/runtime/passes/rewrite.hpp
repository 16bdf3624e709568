#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

#include <functional>
#include <optional>

namespace xgrad {

/// What to use in place of a node whose inputs are rewritten already, or nothing to keep it; `original` is the node as
/// it was before. A node of one output is replaced by the tensor, which has its type; of a node of several outputs,
/// each by that output of the tensor's node. The tensor must not be computed from the node itself.
using RewriteRule = std::function<std::optional<Tensor>(const NodeHandle& node, const Node& original)>;

/// Applies a rule to every node, inputs before readers, and to the nodes that the rule makes. Nodes whose inputs were
/// replaced are made anew, all others stay; what replaces a node takes its place in the list. Nodes that lost their
/// readers stay in the list. Throws std::logic_error, naming the operator, when a rule changes a type or never ends.
Graph rewrite(Graph graph, const RewriteRule& rule);

}  // namespace xgrad
