#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/runtime/passes/common_subexpressions.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <functional>
#include <string_view>
#include <typeinfo>
#include <unordered_set>
#include <utility>

namespace xgrad {
namespace {

/// The bytes of a scalar constant; of anything else, nothing.
std::string_view scalar_bytes(const Node& node) {
  const auto* constant = node.inputs().empty() ? dynamic_cast<const Constant*>(&node.op()) : nullptr;
  if (!constant || !constant->value().shape().empty()) return {};
  const auto bytes = constant->value().bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Leaves that are what they are whatever they hold; equal text does not make two of them the same.
bool is_unique(const Node& node) {
  if (!node.inputs().empty()) return false;
  const Op* op = &node.op();
  return dynamic_cast<const Input*>(op) || dynamic_cast<const Parameter*>(op) ||
         (dynamic_cast<const Constant*>(op) && scalar_bytes(node).empty());
}

struct Hash {
  std::size_t operator()(const Node* node) const {
    std::size_t result = typeid(node->op()).hash_code();
    const auto mix = [&](std::size_t value) { result = (result ^ value) * 0x9E3779B97F4A7C15u + (result >> 29); };
    mix(std::hash<std::string_view>()(node->op().name()));
    mix(std::hash<std::string>()(node->op().attributes()));
    mix(std::hash<std::string_view>()(scalar_bytes(*node)));
    for (const auto& input : node->inputs()) mix(input.node().id() + (input.output() << 48));
    return result;
  }
};

struct Equal {
  bool operator()(const Node* left, const Node* right) const {
    const Op& a = left->op();
    const Op& b = right->op();
    if (!std::equal(left->inputs().begin(), left->inputs().end(), right->inputs().begin(), right->inputs().end()) ||
        !std::equal(left->outputs().begin(), left->outputs().end(), right->outputs().begin(), right->outputs().end())) {
      return false;
    }
    return &a == &b || (typeid(a) == typeid(b) && a.name() == b.name() && scalar_bytes(*left) == scalar_bytes(*right) &&
                        a.attributes() == b.attributes());
  }
};

}  // namespace

Graph share_common_subexpressions(Graph graph) {
  // Only nodes that stay: they live as long as the graph.
  std::unordered_set<const Node*, Hash, Equal> known(graph.nodes.size());
  return rewrite(std::move(graph), [&](const std::shared_ptr<const Node>& node, const Node&) -> std::optional<Tensor> {
    if (is_unique(*node)) return std::nullopt;
    const auto [found, is_new] = known.insert(node.get());
    return is_new ? std::nullopt : std::optional(Tensor((*found)->shared_from_this(), 0));
  });
}

}  // namespace xgrad
