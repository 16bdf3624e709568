#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/prefetch.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <unordered_map>

namespace xgrad {
namespace {

class Rewriter {
 public:
  Rewriter(Graph& graph, const RewriteRule& rule) : graph_(graph), rule_(rule), settled_(graph.nodes.size()) {
    finals_.reserve(graph.nodes.size());
    result_.nodes.reserve(graph.nodes.size());
  }

  /// `replacement` is of node `first`, before which nothing is replaced.
  Graph run(std::size_t first, Tensor replacement) {
    for (std::size_t index = 0; index < first; ++index) {
      prefetch_ahead(graph_.nodes, index);
      const auto& node = *graph_.nodes[index];
      keep(node, std::move(graph_.nodes[index]));
    }
    replace(*graph_.nodes[first], std::move(replacement));
    settle(graph_.nodes[first]);
    for (std::size_t index = first + 1; index < graph_.nodes.size(); ++index) {
      prefetch_ahead(graph_.nodes, index);
      if (!visit(graph_.nodes[index])) settle(graph_.nodes[index]);
    }
    for (const auto& output : graph_.outputs) result_.outputs.push_back(final_of(output));
    result_.may_hold_dead_code = true;
    return std::move(result_);
  }

 private:
  /// A tensor of the new list. To count a reference for each node would take longer than all else.
  struct Place {
    std::uint32_t position;
    std::uint32_t output : 31;
    std::uint32_t is_new : 1;  // another node than the settled one
  };

  // More replacements in the place of one node than any set of sensible rules makes.
  static constexpr int most_replacements = 1000;

  /// Asks the rule for a node whose inputs are settled. True when the node is kept and so is settled itself.
  bool visit(const NodeHandle& node) {
    auto current = with_final_inputs(node);
    auto replacement = rule_(current, *node);
    if (replacement && &replacement->node() != current.get()) {
      replace(*node, std::move(*replacement));
      return false;
    }
    keep(*node, std::move(current));
    return true;
  }

  // Rules make nodes on top of nodes: a list of what waits for what, instead of recursion.
  void settle(const NodeHandle& root) {
    int replacements = 1;
    waiting_.push_back(root);
    while (!waiting_.empty()) {
      const auto node = waiting_.back();
      if (settled_.find(*node)) {
        waiting_.pop_back();
      } else if (const auto found = replaced_.find(node->id()); found == replaced_.end()) {
        if (!wait_for_inputs(*node) || visit(node)) continue;
        if (++replacements > most_replacements) {
          throw std::logic_error(
              fmt::format("compile: the rules that simplify {} replace each other without end", node->op().name()));
        }
      } else if (settled_.find(found->second.node())) {
        record(*node, final_place(found->second, true));
        replaced_.erase(found);
      } else {
        waiting_.push_back(found->second.shared_node());
      }
    }
  }

  /// True when all inputs are settled; queues those that are not.
  bool wait_for_inputs(const Node& node) {
    const auto before = waiting_.size();
    for (const auto& input : node.inputs()) {
      if (!settled_.find(input.node())) waiting_.push_back(input.shared_node());
    }
    return waiting_.size() == before;
  }

  NodeHandle with_final_inputs(const NodeHandle& node) const {
    std::vector<Tensor> inputs;
    for (std::size_t index = 0; index < node->inputs().size(); ++index) {
      const auto& input = node->inputs()[index];
      const bool is_new = finals_[settled_[input.node()]].is_new;
      if (inputs.empty() && !is_new) continue;
      if (inputs.empty()) {
        inputs.reserve(node->inputs().size());
        inputs.assign(node->inputs().begin(), node->inputs().begin() + static_cast<std::ptrdiff_t>(index));
      }
      inputs.push_back(is_new ? final_of(input) : input);
    }
    if (inputs.empty()) return node;
    const auto types = node->outputs();
    return Node::make(node->shared_op(), std::move(inputs), std::vector<TensorType>(types.begin(), types.end()),
                      node->name());
  }

  void keep(const Node& node, NodeHandle current) {
    const auto position = static_cast<std::uint32_t>(result_.nodes.size());
    const bool is_new = current.get() != &node;
    record(node, {position, 0, is_new});
    if (is_new) record(*current, {position, 0, false});
    result_.nodes.push_back(std::move(current));
  }

  void record(const Node& node, Place final) {
    settled_.insert(node);
    finals_.push_back(final);
  }

  Place final_place(const Tensor& tensor, bool is_new) const {
    const auto& final = finals_[settled_[tensor.node()]];
    const bool is_only = tensor.node().outputs().size() == 1;
    return {final.position, is_only ? final.output : static_cast<std::uint32_t>(tensor.output()), is_new};
  }

  Tensor final_of(const Tensor& tensor) const {
    const auto place = final_place(tensor, true);
    return {result_.nodes[place.position], place.output};
  }

  void replace(const Node& node, Tensor replacement) {
    const auto expected = node.outputs();
    const auto received = replacement.node().outputs();
    const bool fits = expected.size() == 1 ? replacement.type() == expected[0] : std::ranges::equal(expected, received);
    if (!fits) {
      throw std::logic_error(fmt::format(
          "compile: {} of type {} was replaced by {} of type {}; a rule must keep dtype and shape", node.op().name(),
          expected[0].to_string(), replacement.node().op().name(), replacement.type().to_string()));
    }
    replaced_.emplace(node.id(), std::move(replacement));
  }

  Graph& graph_;  // loses nodes to the result
  const RewriteRule& rule_;
  Graph result_;
  NodeIndex settled_;
  std::vector<Place> finals_;                           // by number of the settled node
  std::vector<NodeHandle> waiting_;                     // each for those after it
  std::unordered_map<std::uint64_t, Tensor> replaced_;  // by id: what replaces a node, until it is settled itself
};

}  // namespace

Graph rewrite(Graph graph, const RewriteRule& rule) {
  // Most passes find nothing in most graphs: nothing is built before the first replacement.
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    prefetch_ahead(graph.nodes, index);
    const auto& node = graph.nodes[index];
    auto replacement = rule(node, *node);
    if (replacement && &replacement->node() != node.get()) {
      return Rewriter(graph, rule).run(index, std::move(*replacement));
    }
  }
  return graph;
}

}  // namespace xgrad
