#pragma once

#include <xgrad/framework/runtime/passes/graph.hpp>

namespace xgrad {

/// Merges nodes that compute the same: operators equal in class, name and attributes on equal inputs, and scalar
/// constants equal in bytes.
Graph share_common_subexpressions(Graph graph);

}  // namespace xgrad
