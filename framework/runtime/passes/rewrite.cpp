#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/passes/rewrite.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

namespace xgrad {
namespace {

class Rewriter {
 public:
  Rewriter(const Graph& graph, const RewriteRule& rule) : graph_(graph), rule_(rule), settled_(graph.nodes.size()) {
    finals_.reserve(graph.nodes.size());
    result_.nodes.reserve(graph.nodes.size());
  }

  /// `replacement` is of node `first`, before which nothing is replaced.
  Graph run(std::size_t first, Tensor replacement) {
    for (std::size_t index = 0; index < first; ++index) keep(*graph_.nodes[index], graph_.nodes[index]);
    replace(*graph_.nodes[first], std::move(replacement));
    for (std::size_t index = first; index < graph_.nodes.size(); ++index) settle(graph_.nodes[index]);
    for (const auto& output : graph_.outputs) result_.outputs.push_back(final_of(output));
    return std::move(result_);
  }

 private:
  // More replacements in the place of one node than any set of sensible rules makes.
  static constexpr int most_replacements = 1000;

  // Rules make nodes on top of nodes: a list of what waits for what, instead of recursion.
  void settle(const std::shared_ptr<const Node>& root) {
    waiting_.push_back(root);
    int replacements = 0;
    while (!waiting_.empty()) {
      const auto node = waiting_.back();
      if (settled_.find(*node)) {
        waiting_.pop_back();
        continue;
      }
      if (!wait_for_inputs(*node)) continue;
      auto found = replaced_.find(node->id());
      if (found == replaced_.end()) {
        auto current = with_final_inputs(node);
        const auto replacement = rule_(current, *node);
        if (!replacement || &replacement->node() == current.get()) {
          keep(*node, std::move(current));
          waiting_.pop_back();
          continue;
        }
        if (++replacements > most_replacements) {
          throw std::logic_error(
              fmt::format("compile: the rules that simplify {} replace each other without end", node->op().name()));
        }
        found = replace(*node, *replacement);
      }
      if (settled_.find(found->second.node())) {
        record(*node, final_of(found->second));
        replaced_.erase(found);
        waiting_.pop_back();
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

  std::shared_ptr<const Node> with_final_inputs(const std::shared_ptr<const Node>& node) const {
    std::vector<Tensor> inputs;
    for (std::size_t index = 0; index < node->inputs().size(); ++index) {
      const auto& input = node->inputs()[index];
      auto rewritten = final_of(input);
      if (inputs.empty() && rewritten == input) continue;
      if (inputs.empty()) {
        inputs.reserve(node->inputs().size());
        inputs.assign(node->inputs().begin(), node->inputs().begin() + static_cast<std::ptrdiff_t>(index));
      }
      inputs.push_back(std::move(rewritten));
    }
    if (inputs.empty()) return node;
    const auto types = node->outputs();
    return std::make_shared<const Node>(node->shared_op(), std::move(inputs),
                                        std::vector<TensorType>(types.begin(), types.end()), node->name());
  }

  void keep(const Node& node, std::shared_ptr<const Node> current) {
    const Tensor tensor(current, 0);
    record(node, tensor);
    if (current.get() != &node) record(*current, tensor);
    result_.nodes.push_back(std::move(current));
  }

  void record(const Node& node, Tensor final) {
    settled_.insert(node);
    finals_.push_back(std::move(final));
  }

  Tensor final_of(const Tensor& tensor) const {
    const auto& final = finals_[settled_[tensor.node()]];
    return tensor.node().outputs().size() == 1 ? final : Tensor(final.shared_node(), tensor.output());
  }

  using Replaced = std::unordered_map<std::uint64_t, Tensor>;

  Replaced::iterator replace(const Node& node, Tensor replacement) {
    const auto expected = node.outputs();
    const auto received = replacement.node().outputs();
    const bool fits = expected.size() == 1 ? replacement.type() == expected[0] : std::ranges::equal(expected, received);
    if (!fits) {
      throw std::logic_error(fmt::format(
          "compile: {} of type {} was replaced by {} of type {}; a rule must keep dtype "
          "and shape",
          node.op().name(), expected[0].to_string(), replacement.node().op().name(), replacement.type().to_string()));
    }
    return replaced_.emplace(node.id(), std::move(replacement)).first;
  }

  const Graph& graph_;
  const RewriteRule& rule_;
  Graph result_;
  NodeIndex settled_;
  std::vector<Tensor> finals_;                        // by number of the settled node
  std::vector<std::shared_ptr<const Node>> waiting_;  // each for those after it
  Replaced replaced_;                                 // by id: what replaces a node, until it is settled itself
};

}  // namespace

Graph rewrite(Graph graph, const RewriteRule& rule) {
  // Most passes find nothing in most graphs: nothing is built before the first replacement.
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    const auto& node = graph.nodes[index];
    auto replacement = rule(node, *node);
    if (replacement && &replacement->node() != node.get()) {
      return Rewriter(graph, rule).run(index, std::move(*replacement));
    }
  }
  return graph;
}

}  // namespace xgrad
