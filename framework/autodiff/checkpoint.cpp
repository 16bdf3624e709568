#include <xgrad/framework/autodiff/barrier.hpp>
#include <xgrad/framework/autodiff/checkpoint.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/substitute.hpp>

#include <algorithm>
#include <vector>

namespace xgrad {
namespace {

/// Part of a graph on leaves of its own. It owns nothing of the graph that it was taken from, so that a long chain of
/// checkpoints is no chain of bodies.
struct Body {
  Tensor result;
  std::vector<Tensor> leaves;
  std::size_t
      inputs;  ///< the first so many leaves stand for what the caller named, the others for what is read besides
};

/// Input 0 is the result, which is all that the forward direction reads; the others are what stands in the places of
/// the body's leaves.
class Checkpoint final : public Op {
 public:
  explicit Checkpoint(Body body) : body_(std::move(body)) {}

  std::string_view name() const override { return "checkpoint"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override { return inputs[0]; }
  bool is_reshape() const override { return true; }

  std::vector<std::optional<Tensor>> vjps(const Vjp& at, const std::vector<bool>& wanted) const override {
    const Tensor seed = input(at.cotangent().shape(), "seed", at.cotangent().dtype());
    std::vector<Tensor> xs;
    std::vector<Substitution> operands{{seed, at.cotangent()}};
    for (std::size_t index = 0; index < body_.leaves.size(); ++index) {
      const auto& operand = at.input(index + 1);
      if (wanted[index + 1]) xs.push_back(body_.leaves[index]);
      operands.push_back({body_.leaves[index], index < body_.inputs ? barrier(operand, at.cotangent()) : operand});
    }
    const auto cotangents = substitute(xgrad::vjp({&body_.result, 1}, {&seed, 1}, xs), operands);
    std::vector<std::optional<Tensor>> results(wanted.size());
    auto next = cotangents.begin();
    for (std::size_t index = 1; index < wanted.size(); ++index) {
      if (wanted[index]) results[index] = *next++;
    }
    return results;
  }

 private:
  Body body_;
};

Tensor leaf_like(const Tensor& tensor) { return input(tensor.shape(), tensor.name(), tensor.dtype()); }

/// What the nodes of `value` that depend on `leaves` read besides.
std::vector<Tensor> read_besides(const Tensor& value, std::span<const Tensor> leaves) {
  const auto nodes = nodes_above(leaves, {&value, 1});
  NodeIndex depending(nodes.size());
  for (const auto& leaf : leaves) depending.insert(leaf.node());
  const auto depends = [&](const Tensor& tensor) { return depending.find(tensor.node()).has_value(); };
  std::vector<Tensor> result;
  for (const auto& node : nodes) {
    const auto inputs = node->inputs();
    if (std::none_of(inputs.begin(), inputs.end(), depends)) continue;
    depending.insert(*node);
    for (const auto& input : inputs) {
      if (!depends(input) && std::find(result.begin(), result.end(), input) == result.end()) result.push_back(input);
    }
  }
  return result;
}

}  // namespace

Tensor checkpoint(const std::function<Tensor(std::span<const Tensor>)>& function, std::span<const Tensor> inputs) {
  const Tensor value = function(inputs);
  Body body{value, {}, inputs.size()};
  std::vector<Tensor> operands{value};
  const auto give_leaves = [&](std::span<const Tensor> tensors) {
    std::vector<Substitution> leaves;
    for (const auto& tensor : tensors) {
      operands.push_back(tensor);
      body.leaves.push_back(leaf_like(tensor));
      leaves.push_back({tensor, body.leaves.back()});
    }
    body.result = substitute({&body.result, 1}, leaves).front();
  };
  give_leaves(inputs);
  if (body.result == value) return value;  // it does not depend on the inputs
  give_leaves(read_besides(body.result, body.leaves));
  return apply(std::make_shared<const Checkpoint>(std::move(body)), std::move(operands));
}

Tensor checkpoint(const std::function<Tensor(std::span<const Tensor>)>& function,
                  std::initializer_list<Tensor> inputs) {
  return checkpoint(function, std::span(inputs.begin(), inputs.size()));
}

}  // namespace xgrad
