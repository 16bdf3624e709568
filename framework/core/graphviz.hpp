#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <initializer_list>
#include <span>
#include <string>

namespace xgrad {

/// The graph below `tensors` in the DOT language of Graphviz (`dot -Tsvg`): a box for each node with its name,
/// operator, attributes and type, and an arrow from every input to its user. Leaves are rounded, `tensors` are drawn
/// bold.
std::string to_dot(std::span<const Tensor> tensors);
std::string to_dot(std::initializer_list<Tensor> tensors);

/// The graph below `tensors` as text, one line for each node after the lines of its inputs:
/// `%2 = dot(x, w): float32 (batch, 32)`. Nodes are called by their names where these are clear, by numbers elsewhere.
std::string to_text(std::span<const Tensor> tensors);
std::string to_text(std::initializer_list<Tensor> tensors);

}  // namespace xgrad
