#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace xgrad {
namespace {

/// The cotangents met so far of every tensor on the way from the outputs back to the xs.
class Cotangents {
 public:
  void accumulate(const Tensor& tensor, const Tensor& cotangent) {
    auto& slots = found_[&tensor.node()];
    slots.resize(tensor.node().outputs().size());
    auto& slot = slots[tensor.output()];
    slot = slot ? add(*slot, cotangent) : cotangent;
  }

  bool reached(const Node& node) const { return found_.contains(&node); }

  std::optional<Tensor> find(const Tensor& tensor) const {
    auto slots = found_.find(&tensor.node());
    return slots == found_.end() ? std::nullopt : slots->second[tensor.output()];
  }

 private:
  std::unordered_map<const Node*, std::vector<std::optional<Tensor>>> found_;
};

std::string describe(const Tensor& tensor) {
  return fmt::format("{} '{}' of type {}", tensor.node().op().name(), tensor.name(), tensor.type().to_string());
}

/// Nodes that depend on one of `xs`, xs included: the only ones through which a cotangent must pass.
std::unordered_set<const Node*> nodes_above(std::span<const Tensor> xs,
                                            std::span<const std::shared_ptr<const Node>> order) {
  std::unordered_set<const Node*> result;
  for (const auto& x : xs) result.insert(&x.node());
  for (const auto& node : order) {
    const auto depends = [&](const Tensor& input) { return result.contains(&input.node()); };
    if (std::any_of(node->inputs().begin(), node->inputs().end(), depends)) result.insert(node.get());
  }
  return result;
}

/// Hands the cotangents of a node's outputs on to those of its inputs that need them.
void pull_back(const std::shared_ptr<const Node>& node, const std::unordered_set<const Node*>& needed,
               Cotangents& cotangents) {
  if (!cotangents.reached(*node)) return;
  std::vector<Tensor> outputs;
  std::vector<Tensor> output_cotangents;
  for (std::size_t index = 0; index < node->outputs().size(); ++index) {
    outputs.emplace_back(node, index);
    auto cotangent = cotangents.find(outputs.back());
    output_cotangents.push_back(cotangent ? *cotangent : zeros_like(outputs.back()));
  }
  const Vjp at{node->inputs(), outputs, output_cotangents};
  for (std::size_t index = 0; index < node->inputs().size(); ++index) {
    const Tensor& input = node->inputs()[index];
    if (!needed.contains(&input.node()) || !is_floating(input.dtype())) continue;
    auto cotangent = node->op().vjp(at, index);
    if (!cotangent) continue;
    if (cotangent->dtype() != input.dtype()) {
      throw GradientError(fmt::format("{}: the rule of input {} gave a cotangent of {}, but the input is {}",
                                      node->op().name(), index, to_string(cotangent->dtype()),
                                      to_string(input.dtype())));
    }
    if (!broadcasts_to(input.shape(), cotangent->shape())) {
      if (!broadcasts_to(cotangent->shape(), input.shape())) {
        throw GradientError(fmt::format("{}: the rule of input {} gave a cotangent of shape {}, but the input has {}",
                                        node->op().name(), index, cotangent->shape().to_string(),
                                        input.shape().to_string()));
      }
      cotangent = broadcast_to(*cotangent, input.shape());
    }
    cotangents.accumulate(input, sum_to(*cotangent, input.shape()));
  }
}

}  // namespace

std::vector<Tensor> vjp(std::span<const Tensor> outputs, std::span<const Tensor> cotangents, std::span<const Tensor> xs,
                        Unconnected unconnected) {
  if (outputs.size() != cotangents.size()) {
    throw GradientError(fmt::format("vjp: expected a cotangent for each of {} output(s), but got {}", outputs.size(),
                                    cotangents.size()));
  }
  Cotangents found;
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    if (!is_floating(outputs[index].dtype())) {
      throw GradientError(fmt::format("vjp: expected floating-point outputs, but got {}; cast it to float32 before",
                                      describe(outputs[index])));
    }
    if (!(outputs[index].type() == cotangents[index].type())) {
      throw GradientError(fmt::format("vjp: expected a cotangent of type {} for output {}, but got {}",
                                      outputs[index].type().to_string(), index, cotangents[index].type().to_string()));
    }
    found.accumulate(outputs[index], cotangents[index]);
  }
  const auto order = nodes_below(outputs);
  const auto needed = nodes_above(xs, order);
  for (auto node = order.rbegin(); node != order.rend(); ++node) {
    if (needed.contains(node->get())) pull_back(*node, needed, found);
  }
  std::vector<Tensor> result;
  for (const auto& x : xs) {
    auto cotangent = found.find(x);
    if (!cotangent && unconnected == Unconnected::error) {
      throw GradientError(fmt::format(
          "gradients: the loss does not depend on {}; remove it, or ask for Unconnected::zeros", describe(x)));
    }
    result.push_back(cotangent ? *cotangent : zeros_like(x));
  }
  return result;
}

std::vector<Tensor> gradients(const Tensor& loss, std::span<const Tensor> xs, Unconnected unconnected) {
  if (loss.rank() != 0 || !is_floating(loss.dtype())) {
    throw GradientError(fmt::format(
        "gradients: expected the loss to be a floating-point scalar, but got {}; reduce it with mean or sum",
        describe(loss)));
  }
  const Tensor one = ones_like(loss);
  return vjp(std::span(&loss, 1), std::span(&one, 1), xs, unconnected);
}

std::vector<Tensor> gradients(const Tensor& loss, std::initializer_list<Tensor> xs, Unconnected unconnected) {
  return gradients(loss, std::span(xs.begin(), xs.size()), unconnected);
}

}  // namespace xgrad
