#include "mutant.hpp"

#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/negative.hpp>

#include <algorithm>
#include <unordered_map>

namespace xgrad::test {
namespace {

/// An operator one of whose rules has the wrong sign. In all else it is the original, and the compiler puts that back.
template <class Base>
class Mutant : public Base {
 public:
  Mutant(std::shared_ptr<const Op> original, std::size_t input) : original_(std::move(original)), input_(input) {}

  std::string_view name() const override { return original_->name(); }
  std::optional<Attributes> attributes() const override { return original_->attributes(); }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return original_->infer(inputs); }
  void forward(const KernelArguments& arguments) const override { original_->forward(arguments); }
  bool is_reshape() const override { return original_->is_reshape(); }
  bool is_broadcast() const override { return original_->is_broadcast(); }
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return original_->row_axes(inputs);
  }
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override {
    return apply(original_, {inputs.begin(), inputs.end()});  // asked of operators with one output
  }
  std::vector<std::optional<Tensor>> vjps(const Vjp& at, const std::vector<bool>& wanted) const override {
    auto cotangents = original_->vjps(at, wanted);
    if (auto& cotangent = cotangents[input_]) cotangent = negative(*cotangent);
    return cotangents;
  }

 protected:
  std::shared_ptr<const Op> original_;

 private:
  std::size_t input_;
};

class MutantFormula final : public Mutant<Elementwise> {
 public:
  using Mutant::Mutant;
  Kernel kernel(std::span<const DType> inputs) const override {
    return static_cast<const Elementwise&>(*original_).kernel(inputs);
  }
};

std::shared_ptr<const Op> mutant(std::shared_ptr<const Op> original, std::size_t input) {
  if (dynamic_cast<const Elementwise*>(original.get())) {
    return std::make_shared<const MutantFormula>(std::move(original), input);
  }
  return std::make_shared<const Mutant<Op>>(std::move(original), input);
}

bool has_rule(const NodeHandle& node, std::size_t input) {
  std::vector<Tensor> outputs;
  std::vector<Tensor> cotangents;
  for (std::size_t output = 0; output < node->outputs().size(); ++output) {
    outputs.emplace_back(node, output);
    cotangents.push_back(zeros_like(outputs.back()));
  }
  std::vector<bool> wanted(node->inputs().size());
  wanted[input] = true;
  try {
    return node->op().vjps({node->inputs(), outputs, cotangents}, wanted)[input].has_value();
  } catch (const GradientError&) {
    return false;  // whoever asks for it is told so
  }
}

}  // namespace

std::set<RuleName> rules_in(std::span<const Tensor> tensors) {
  std::set<RuleName> rules;
  for (const auto& node : nodes_below(tensors)) {
    if (!std::ranges::any_of(node->outputs(), [](const TensorType& type) { return is_floating(type.dtype); })) continue;
    for (std::size_t input = 0; input < node->inputs().size(); ++input) {
      RuleName rule{std::string(node->op().name()), input};
      if (!is_floating(node->inputs()[input].dtype()) || rules.contains(rule)) continue;
      if (has_rule(node, input)) rules.insert(std::move(rule));
    }
  }
  return rules;
}

std::vector<Tensor> with_flipped_rule(std::span<const Tensor> tensors, const RuleName& rule) {
  std::unordered_map<const Node*, NodeHandle> copies;
  const auto now = [&](const Tensor& tensor) {
    const auto copy = copies.find(&tensor.node());
    return copy == copies.end() ? tensor : Tensor(copy->second, tensor.output());
  };
  for (const auto& node : nodes_below(tensors)) {
    const bool is_mutated = node->op().name() == rule.op && node->inputs().size() > rule.input;
    std::vector<Tensor> inputs;
    std::ranges::transform(node->inputs(), std::back_inserter(inputs), now);
    if (!is_mutated && std::ranges::equal(inputs, node->inputs())) continue;
    auto op = is_mutated ? mutant(node->shared_op(), rule.input) : node->shared_op();
    const auto types = node->outputs();
    copies[node.get()] =
        Node::make(std::move(op), std::move(inputs), std::vector(types.begin(), types.end()), node->name());
  }
  std::vector<Tensor> results;
  std::ranges::transform(tensors, std::back_inserter(results), now);
  return results;
}

}  // namespace xgrad::test
