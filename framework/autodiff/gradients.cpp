#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/selection.hpp>
#include <xgrad/framework/autodiff/sparse_term.hpp>
#include <xgrad/framework/core/constant_number.hpp>
#include <xgrad/framework/core/describe.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/op.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <typeinfo>
#include <unordered_map>

namespace xgrad {
namespace {

const Selection* as_selection(const Tensor& term) { return dynamic_cast<const Selection*>(&term.node().op()); }

bool have_same_class(const Op& left, const Op& right) { return typeid(left) == typeid(right); }

/// Results of selections: where one of them is zero by choice, a cotangent is as well.
using Choices = std::vector<Tensor>;

bool has_choice(const Choices& choices, const Tensor& choice) {
  return std::any_of(choices.begin(), choices.end(), [&](const Tensor& other) {
    return have_same_class(choice.node().op(), other.node().op()) &&
           as_selection(choice)->is_same_choice(choice.node().inputs(), other.node().inputs());
  });
}

const SparseTerm* as_sparse(const Tensor& term) { return dynamic_cast<const SparseTerm*>(&term.node().op()); }

/// The sum of terms that are all sparse: those of one operator class are merged before they are added.
Tensor sum_of_sparse(std::vector<Tensor> terms) {
  std::optional<Tensor> sum;
  while (!terms.empty()) {
    const Op& op = terms.front().node().op();
    const auto rest = std::stable_partition(terms.begin(), terms.end(),
                                            [&](const Tensor& term) { return have_same_class(term.node().op(), op); });
    for (const auto& term : as_sparse(terms.front())->merged({terms.begin(), rest})) sum = sum ? add(*sum, term) : term;
    terms.erase(terms.begin(), rest);
  }
  return *sum;
}

/// A graph whose nodes are numbered, and the cotangents met so far of their outputs.
class Cotangents {
 public:
  explicit Cotangents(std::span<const NodeHandle> nodes) : index_(nodes.size()) {
    first_slots_.reserve(nodes.size());
    std::size_t slots = 0;
    for (const auto& node : nodes) {
      index_.insert(*node);
      first_slots_.push_back(slots);
      slots += node->outputs().size();
    }
    slots_.resize(slots);
    choices_.resize(slots);
  }

  std::optional<std::uint32_t> number(const Node& node) const { return index_.find(node); }

  void accumulate(const Tensor& tensor, Tensor cotangent, Choices choices) {
    const auto number = first_slots_[index_[tensor.node()]] + tensor.output();
    auto& slot = slots_[number];
    // Zeros need not be added, and every choice holds for them.
    if (slot && is_constant_zero(cotangent)) return;
    if (!slot || is_constant_zero(*slot)) {
      slot = std::move(cotangent);
      choices_[number] = std::move(choices);
      return;
    }
    std::erase_if(choices_[number], [&](const Tensor& choice) { return !has_choice(choices, choice); });
    if (as_sparse(cotangent)) {
      sparse_[number].push_back(std::move(cotangent));
    } else {
      slot = add(*slot, cotangent);
    }
  }

  /// Of the outputs of a node of that number, when all cotangents that come have come.
  std::span<const std::optional<Tensor>> of(std::uint32_t number, const Node& node) {
    const auto first = first_slots_[number];
    const auto count = node.outputs().size();
    for (auto slot = first; !sparse_.empty() && slot < first + count; ++slot) add_sparse(slot);
    return std::span(slots_).subspan(first, count);
  }

  /// Of the cotangent of the first output of a node of that number.
  const Choices& choices(std::uint32_t number) const { return choices_[first_slots_[number]]; }

  std::optional<Tensor> find(const Tensor& tensor) {
    const auto found = number(tensor.node());
    return found ? of(*found, tensor.node())[tensor.output()] : std::nullopt;
  }

 private:
  void add_sparse(std::size_t number) {
    auto found = sparse_.extract(number);
    if (found.empty()) return;
    auto& terms = found.mapped();
    auto& slot = slots_[number];
    if (as_sparse(*slot)) {
      terms.insert(terms.begin(), *slot);
      slot = sum_of_sparse(std::move(terms));
    } else {
      slot = add(*slot, sum_of_sparse(std::move(terms)));
    }
  }

  NodeIndex index_;
  std::vector<std::size_t> first_slots_;  // by node
  std::vector<std::optional<Tensor>> slots_;
  std::vector<Choices> choices_;                                 // by slot
  std::unordered_map<std::size_t, std::vector<Tensor>> sparse_;  // by slot: what is still to be added to it
};

std::string with_type(const Tensor& tensor) {
  return fmt::format("{} of type {}", describe(tensor), tensor.type().to_string());
}

/// Calls a rule; what it throws while it builds expressions says whose rule it is.
template <class Call>
auto in_rule_of(const Op& op, Call call) {
  const auto named = [&](const Error& error) { return fmt::format("rule of {}: {}", op.name(), error.what()); };
  try {
    return call();
  } catch (const ShapeError& error) {
    throw ShapeError(named(error));
  } catch (const DTypeError& error) {
    throw DTypeError(named(error));
  } catch (const ValueError& error) {
    throw ValueError(named(error));
  } catch (const StateError& error) {
    throw StateError(named(error));
  }
}

/// Marks the nodes that depend on one of `xs`, xs included: the only ones through which a cotangent must pass.
std::vector<bool> depending(std::span<const Tensor> xs, std::span<const NodeHandle> nodes,
                            const Cotangents& cotangents) {
  std::vector<bool> result(nodes.size());
  for (const auto& x : xs) {
    if (const auto number = cotangents.number(x.node())) result[*number] = true;
  }
  for (std::uint32_t number = 0; number < nodes.size(); ++number) {
    const auto inputs = nodes[number]->inputs();
    if (std::any_of(inputs.begin(), inputs.end(),
                    [&](const Tensor& input) { return result[*cotangents.number(input.node())]; })) {
      result[number] = true;
    }
  }
  return result;
}

/// What a rule is given, in lists that serve one node after the other.
struct Lists {
  std::vector<Tensor> outputs;
  std::vector<Tensor> output_cotangents;
  std::vector<bool> wanted;
};

/// Makes a cotangent of an input of an elementwise operator zero again where that of the output, `from`, is zero by
/// choice, whatever the slope is there. What only chooses or hands the cotangent on needs no second choice, and what
/// has several outputs may have other cotangents. Returns the choices that hold for the result.
Choices choose_alike(const Node& node, Choices choices, const Tensor& from, Tensor& cotangent) {
  if (!choices.empty()) {
    const Op& op = node.op();
    const bool is_formula = dynamic_cast<const Elementwise*>(&op) && node.outputs().size() == 1;
    if (!is_formula || !(cotangent.shape() == from.shape())) choices.clear();
    if (!dynamic_cast<const Selection*>(&op) && !(cotangent == from)) {
      for (auto& choice : choices) {
        if (auto chosen = as_selection(choice)->chosen_alike(choice.node().inputs(), cotangent)) cotangent = *chosen;
      }
    }
  }
  if (as_selection(cotangent) && !has_choice(choices, cotangent)) choices.push_back(cotangent);
  // The nearest ones, so that a chain of choices costs no more than its length.
  constexpr std::size_t most = 3;
  if (choices.size() > most) choices.erase(choices.begin());
  return choices;
}

/// Hands the cotangents of a node's outputs on to those of its inputs that need them.
void pull_back(std::uint32_t number, const NodeHandle& node, const std::vector<bool>& needed, Cotangents& cotangents,
               Lists& lists) {
  const auto found = cotangents.of(number, *node);
  if (std::none_of(found.begin(), found.end(), [](const auto& cotangent) { return cotangent.has_value(); })) return;
  auto& [outputs, output_cotangents, wanted] = lists;
  outputs.clear();
  output_cotangents.clear();
  wanted.clear();
  for (std::size_t index = 0; index < found.size(); ++index) {
    outputs.emplace_back(node, index);
    output_cotangents.push_back(found[index] ? *found[index] : zeros_like(outputs.back()));
  }
  for (const auto& input : node->inputs()) {
    wanted.push_back(needed[*cotangents.number(input.node())] && is_floating(input.dtype()));
  }
  auto input_cotangents = in_rule_of(node->op(), [&] {
    return node->op().vjps({node->inputs(), outputs, output_cotangents}, wanted);
  });
  for (std::size_t index = 0; index < node->inputs().size(); ++index) {
    const Tensor& input = node->inputs()[index];
    auto& cotangent = input_cotangents[index];
    if (!cotangent) continue;
    if (cotangent->dtype() != input.dtype()) {
      throw GradientError(fmt::format("{}: the rule of input {} gave a cotangent of {}, but the input is {}",
                                      node->op().name(), index, to_string(cotangent->dtype()),
                                      to_string(input.dtype())));
    }
    auto choices = choose_alike(*node, cotangents.choices(number), output_cotangents[0], *cotangent);
    if (cotangent->shape() == input.shape()) {
      cotangents.accumulate(input, std::move(*cotangent), std::move(choices));
      continue;
    }
    if (!broadcasts_to(input.shape(), cotangent->shape())) {
      if (!broadcasts_to(cotangent->shape(), input.shape())) {
        throw GradientError(fmt::format("{}: the rule of input {} gave a cotangent of shape {}, but the input has {}",
                                        node->op().name(), index, cotangent->shape().to_string(),
                                        input.shape().to_string()));
      }
      cotangent = broadcast_to(*cotangent, input.shape());
    }
    cotangents.accumulate(input, sum_to(*cotangent, input.shape()), {});
  }
}

}  // namespace

std::vector<Tensor> vjp(std::span<const Tensor> outputs, std::span<const Tensor> cotangents, std::span<const Tensor> xs,
                        Unconnected unconnected) {
  if (outputs.size() != cotangents.size()) {
    throw GradientError(fmt::format("vjp: expected a cotangent for each of {} output(s), but got {}", outputs.size(),
                                    cotangents.size()));
  }
  const auto nodes = nodes_below(outputs);
  Cotangents found(nodes);
  for (std::size_t index = 0; index < outputs.size(); ++index) {
    if (!is_floating(outputs[index].dtype())) {
      throw GradientError(fmt::format("vjp: expected floating-point outputs, but got {}; cast it to float32 before",
                                      with_type(outputs[index])));
    }
    if (!(outputs[index].type() == cotangents[index].type())) {
      throw GradientError(fmt::format("vjp: expected a cotangent of type {} for output {}, but got {}",
                                      outputs[index].type().to_string(), index, cotangents[index].type().to_string()));
    }
    found.accumulate(outputs[index], cotangents[index], {});
  }
  const auto needed = depending(xs, nodes, found);
  Lists lists;
  for (auto number = static_cast<std::uint32_t>(nodes.size()); number-- > 0;) {
    if (needed[number]) pull_back(number, nodes[number], needed, found, lists);
  }
  std::vector<Tensor> result;
  for (const auto& x : xs) {
    auto cotangent = found.find(x);
    if (!cotangent && unconnected == Unconnected::error) {
      throw GradientError(fmt::format(
          "gradients: the loss does not depend on {}; remove it, or ask for Unconnected::zeros", with_type(x)));
    }
    result.push_back(cotangent ? *cotangent : zeros_like(x));
  }
  return result;
}

std::vector<Tensor> gradients(const Tensor& loss, std::span<const Tensor> xs, Unconnected unconnected) {
  if (loss.rank() != 0 || !is_floating(loss.dtype())) {
    throw GradientError(fmt::format(
        "gradients: expected the loss to be a floating-point scalar, but got {}; reduce it with mean or sum",
        with_type(loss)));
  }
  for (const auto& x : xs) {
    if (is_floating(x.dtype())) continue;
    throw GradientError(fmt::format(
        "gradients: expected the derivative with respect to a floating-point tensor, but got {}; make it one, "
        "for example parameter(2.0f) instead of parameter(2)",
        with_type(x)));
  }
  const Tensor one = ones_like(loss);
  return vjp(std::span(&loss, 1), std::span(&one, 1), xs, unconnected);
}

std::vector<Tensor> gradients(const Tensor& loss, std::initializer_list<Tensor> xs, Unconnected unconnected) {
  return gradients(loss, std::span(xs.begin(), xs.size()), unconnected);
}

}  // namespace xgrad
