#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/substitute.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace xgrad {
namespace {

void check(const Substitution& substitution) {
  const auto& expected = substitution.original.type();
  const auto& received = substitution.replacement.type();
  const auto text = [&] {
    return fmt::format("substitute: '{}' is {}, but its replacement is {}", substitution.original.name(),
                       expected.to_string(), received.to_string());
  };
  if (expected.dtype != received.dtype) throw DTypeError(text() + "; cast the replacement");
  if (!(expected.shape == received.shape)) throw ShapeError(text() + "; reshape the replacement");
}

}  // namespace

std::vector<Tensor> substitute(std::span<const Tensor> tensors, std::span<const Substitution> substitutions) {
  std::unordered_map<const Node*, std::vector<Tensor>> rebuilt;  // outputs of the nodes that are no longer the same
  const auto outputs_of = [&](const Tensor& tensor) -> std::vector<Tensor>& {
    auto& outputs = rebuilt[&tensor.node()];
    if (outputs.empty()) {
      for (std::size_t output = 0; output < tensor.node().outputs().size(); ++output)
        outputs.emplace_back(tensor.shared_node(), output);
    }
    return outputs;
  };
  const auto now = [&](const Tensor& tensor) {
    const auto found = rebuilt.find(&tensor.node());
    return found == rebuilt.end() ? tensor : found->second[tensor.output()];
  };

  for (const auto& substitution : substitutions) {
    check(substitution);
    outputs_of(substitution.original)[substitution.original.output()] = substitution.replacement;
  }
  std::vector<Tensor> originals;
  for (const auto& substitution : substitutions) originals.push_back(substitution.original);
  for (const auto& node : nodes_above(originals, tensors)) {
    if (rebuilt.contains(node.get())) continue;
    const auto inputs = node->inputs();
    if (std::none_of(inputs.begin(), inputs.end(), [&](const Tensor& input) { return !(now(input) == input); }))
      continue;
    std::vector<Tensor> replaced;
    std::transform(inputs.begin(), inputs.end(), std::back_inserter(replaced), now);
    const auto copy = Node::make(node->shared_op(), std::move(replaced),
                                 std::vector(node->outputs().begin(), node->outputs().end()), node->name());
    auto& outputs = rebuilt[node.get()];
    for (std::size_t output = 0; output < copy->outputs().size(); ++output) outputs.emplace_back(copy, output);
  }

  std::vector<Tensor> results;
  std::transform(tensors.begin(), tensors.end(), std::back_inserter(results), now);
  return results;
}

}  // namespace xgrad
