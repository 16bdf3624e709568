#include <xgrad/framework/core/hash.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/common_subexpressions.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

/// Hashes of nodes. Formulas are one operator object in many nodes: what is hashed of the last few operators is kept.
class Hashes {
 public:
  /// Nothing for a leaf without attributes, such as an input or a parameter: no other node is equal to it.
  std::optional<std::size_t> operator()(const Node& node) {
    const auto& hash = of(node.op());
    if (!hash && node.inputs().empty()) return std::nullopt;
    std::size_t result = hash.value_or(reinterpret_cast<std::uintptr_t>(&node.op()));
    for (const auto& input : node.inputs()) {
      result = combined_hash(result, input.node().id() + (input.output() << 48));
    }
    return result;
  }

 private:
  const std::optional<std::size_t>& of(const Op& op) {
    auto& [known, hash] = known_[reinterpret_cast<std::uintptr_t>(&op) / alignof(std::max_align_t) % known_.size()];
    if (known != &op) {
      known = &op;
      hash.reset();
      if (const auto attributes = op.attributes()) {
        hash = combined_hash(combined_hash(typeid(op).hash_code(), std::hash<std::string_view>()(op.name())),
                             attributes->hash());
      }
    }
    return hash;
  }

  std::array<std::pair<const Op*, std::optional<std::size_t>>, 64> known_{};
};

bool are_equal(const Node& left, const Node& right) {
  return std::equal(left.inputs().begin(), left.inputs().end(), right.inputs().begin(), right.inputs().end()) &&
         std::equal(left.outputs().begin(), left.outputs().end(), right.outputs().begin(), right.outputs().end()) &&
         are_same(left.op(), right.op());
}

/// The nodes met so far, found by what they compute. They live as long as the graph: none is ever taken out.
class KnownNodes {
 public:
  explicit KnownNodes(std::size_t nodes) : entries_(std::bit_ceil(4 * nodes + 2)) { nodes_.reserve(nodes); }

  /// A node equal to this one that was met before; the first time the node itself.
  const Node& equal_to(const Node& node) {
    const auto known = hashes_(node);
    if (!known) return node;
    const auto hash = *known;
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    const auto mask = entries_.size() - 1;
    std::uint64_t latest = 0;
    for (const auto& input : node.inputs()) latest = std::max(latest, input.node().id());
    // Nodes that are made one after the other read what was made last, and lie side by side in the table as well. What
    // has many readers soon fills the places of its neighbourhood, and the rest of them are scattered.
    auto position = static_cast<std::size_t>(2 * latest) & mask;
    for (std::size_t tries = 1;; ++tries) {
      auto& entry = entries_[position];
      if (entry.number == 0) {
        nodes_.push_back(&node);
        entry = {tag, static_cast<std::uint32_t>(nodes_.size())};
        return node;
      }
      if (entry.tag == tag && are_equal(*nodes_[entry.number - 1], node)) return *nodes_[entry.number - 1];
      position = (tries == neighbourhood ? static_cast<std::size_t>(hash) : position + 1) & mask;
    }
  }

 private:
  static constexpr std::size_t neighbourhood = 8;

  struct Entry {
    std::uint32_t tag = 0;     // a part of the hash
    std::uint32_t number = 0;  // one more than that of the node; 0 where there is none
  };

  Hashes hashes_;
  std::vector<Entry> entries_;  // a power of two of them, at most a quarter of them taken
  std::vector<const Node*> nodes_;
};

}  // namespace

Graph share_common_subexpressions(Graph graph) {
  KnownNodes known(graph.nodes.size());
  return rewrite(std::move(graph), [&](const NodeHandle& node, const Node&) -> std::optional<Tensor> {
    const auto& first = known.equal_to(*node);
    return &first == node.get() ? std::nullopt : std::optional(Tensor(NodeHandle(&first), 0));
  });
}

}  // namespace xgrad
