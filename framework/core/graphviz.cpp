#include <xgrad/framework/core/graphviz.hpp>
#include <xgrad/framework/core/leaf.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <unordered_map>
#include <vector>

namespace xgrad {
namespace {

/// The nodes of one graph, numbered from 0 as a reader meets them who goes from the first tensor to its first input: an
/// order in which inputs come first, and which follows from the graph alone.
class Numbered {
 public:
  explicit Numbered(std::span<const Tensor> tensors) {
    for (const auto& tensor : tensors) add(tensor.shared_node());
  }

  const auto& nodes() const { return nodes_; }
  std::size_t operator[](const Node& node) const { return numbers_.at(&node); }

 private:
  void add(const NodeHandle& root) {
    struct Visit {
      NodeHandle node;
      std::size_t next_input = 0;
    };
    std::vector<Visit> visits{{root}};  // instead of recursion: graphs are deep
    while (!visits.empty()) {
      auto& [node, next_input] = visits.back();
      const auto inputs = node->inputs();
      while (next_input < inputs.size() && numbers_.contains(&inputs[next_input].node())) ++next_input;
      if (next_input < inputs.size()) {
        visits.push_back({inputs[next_input].shared_node()});
      } else {
        if (numbers_.emplace(node.get(), nodes_.size()).second) nodes_.push_back(node);
        visits.pop_back();
      }
    }
  }

  std::vector<NodeHandle> nodes_;
  std::unordered_map<const Node*, std::size_t> numbers_;
};

bool is_leaf(const Node& node) { return dynamic_cast<const Leaf*>(&node.op()) != nullptr; }

/// What tells the operator from others of its name: "axes=(0,)", or the value of a constant of one element.
std::string operation_details(const Node& node) {
  const auto* constant = dynamic_cast<const Constant*>(&node.op());
  if (constant && constant->value().size() == 1) return fmt::format("{}", constant->value().item());
  return node.op().attributes().value_or(Attributes{}).to_string();
}

std::string types(const Node& node) {
  std::string text;
  for (const auto& type : node.outputs()) text += (text.empty() ? "" : ", ") + type.to_string();
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') result += '\\';
    if (character == '\n') {
      result += "\\n";
    } else {
      result += character;
    }
  }
  return result + '"';
}

}  // namespace

std::string to_dot(std::span<const Tensor> tensors) {
  const Numbered numbered(tensors);
  std::string text = "digraph xgrad {\n  rankdir = TB;\n  node [shape = box, fontname = \"Helvetica\"];\n";
  auto out = std::back_inserter(text);
  for (const auto& node : numbered.nodes()) {
    const auto number = numbered[*node];
    auto label = node->name().empty() ? std::string() : node->name() + "\n";
    label += node->op().name();
    if (const auto details = operation_details(*node); !details.empty()) label += " " + details;
    label += "\n" + types(*node);
    const bool is_result =
        std::any_of(tensors.begin(), tensors.end(), [&](const Tensor& tensor) { return &tensor.node() == node.get(); });
    std::string style = is_leaf(*node) ? "rounded" : "";
    if (is_result) style += style.empty() ? "bold" : ",bold";
    fmt::format_to(out, "  n{} [label = {}{}];\n", number, quoted(label),
                   style.empty() ? "" : fmt::format(", style = {}", quoted(style)));
    for (const auto& input : node->inputs()) {
      const bool needs_number = input.node().outputs().size() > 1;
      fmt::format_to(out, "  n{} -> n{}{};\n", numbered[input.node()], number,
                     needs_number ? fmt::format(" [label = \"{}\"]", input.output()) : "");
    }
  }
  return text + "}\n";
}

std::string to_text(std::span<const Tensor> tensors) {
  const Numbered numbered(tensors);
  std::unordered_map<std::string, int> uses;
  for (const auto& node : numbered.nodes()) ++uses[node->name()];
  const auto label = [&](const Node& node) {
    const bool is_clear = !node.name().empty() && uses[node.name()] == 1;
    return is_clear ? node.name() : fmt::format("{}%{}", node.name(), numbered[node]);
  };

  std::string text;
  auto out = std::back_inserter(text);
  for (const auto& node : numbered.nodes()) {
    std::string arguments;
    for (const auto& input : node->inputs()) {
      arguments += (arguments.empty() ? "" : ", ") + label(input.node());
      if (input.node().outputs().size() > 1) arguments += fmt::format("[{}]", input.output());
    }
    if (!arguments.empty()) arguments = fmt::format("({})", arguments);
    const auto details = operation_details(*node);
    fmt::format_to(out, "{} = {}{}{}: {}\n", label(*node), node->op().name(), arguments,
                   details.empty() ? "" : " " + details, types(*node));
  }
  return text;
}

std::string to_dot(std::initializer_list<Tensor> tensors) { return to_dot(std::span(tensors.begin(), tensors.size())); }
std::string to_text(std::initializer_list<Tensor> tensors) {
  return to_text(std::span(tensors.begin(), tensors.size()));
}

}  // namespace xgrad
