#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/runtime/program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <typeinfo>
#include <unordered_map>

namespace xgrad {
namespace {

class Lowering {
 public:
  explicit Lowering(std::span<const Tensor> inputs) {
    for (const auto& input : inputs) {
      const auto value = add_leaf(input.node(), ValueSource::argument, false);
      program_.values[value].index = static_cast<std::uint32_t>(program_.arguments.size());
      program_.arguments.push_back(value);
    }
  }

  void add_node(const std::shared_ptr<const Node>& node) {
    if (values_.contains(node.get())) return;
    if (node->inputs().empty() && add_if_leaf(*node)) return;
    std::vector<ValueId> inputs;
    inputs.reserve(node->inputs().size());
    for (const auto& input : node->inputs()) inputs.push_back(value_of(input));
    const Op& op = node->op();
    const auto kind = kind_of(op);
    if (kind == InstructionKind::elementwise) {
      for (auto& input : inputs) input = before_broadcast(input);
    }
    auto [shared, is_new] = computed_.try_emplace(key(*node, inputs), std::vector<ValueId>{});
    if (is_new) {
      for (const auto& type : node->outputs()) shared->second.push_back(add_computed(type));
      add_instruction({kind, &op, std::move(inputs), shared->second});
      program_.nodes.push_back(node);
    }
    values_.emplace(node.get(), shared->second);
  }

  ValueId value_of(const Tensor& tensor) const { return values_.at(&tensor.node())[tensor.output()]; }

  void add_output(const Tensor& tensor) { program_.outputs.push_back(computed_copy(value_of(tensor))); }

  void add_store(const Update& update) {
    stores_.push_back(
        {InstructionKind::store, nullptr, {computed_copy(value_of(update.value))}, {}, parameter_value(update)});
  }

  Program finish() {
    // Stores come last: whatever reads a parameter in this call reads what it held before.
    for (auto& store : stores_) program_.instructions.push_back(std::move(store));
    drop_dead();
    return std::move(program_);
  }

 private:
  static InstructionKind kind_of(const Op& op) {
    if (dynamic_cast<const Elementwise*>(&op)) return InstructionKind::elementwise;
    if (op.is_broadcast()) return InstructionKind::copy;
    return op.is_reshape() ? InstructionKind::reshape : InstructionKind::kernel;
  }

  bool add_if_leaf(const Node& node) {
    const Op* op = &node.op();
    if (dynamic_cast<const Parameter*>(op)) {
      add_leaf(node, ValueSource::parameter, false);
    } else if (auto* constant = dynamic_cast<const Constant*>(op)) {
      add_constant(node, *constant);
    } else if (dynamic_cast<const DimSize*>(op)) {
      add_leaf(node, ValueSource::dim_size, true);
    } else if (dynamic_cast<const Input*>(op)) {
      throw ValueError(
          fmt::format("compile: the outputs depend on input '{}' {}, which is not among the inputs; add it",
                      node.name(), node.outputs()[0].to_string()));
    } else {
      return false;
    }
    return true;
  }

  ValueId add_leaf(const Node& node, ValueSource source, bool is_static) {
    const auto value = add_value({node.outputs()[0], source, is_static, 0, &node.op()});
    values_.emplace(&node, std::vector{value});
    program_.nodes.push_back(node.shared_from_this());
    return value;
  }

  // Equal scalar constants become one value, so that what is computed from them is shared too.
  void add_constant(const Node& node, const Constant& constant) {
    if (constant.value().size() != 1 || !constant.value().shape().empty()) {
      add_leaf(node, ValueSource::constant, true);
      return;
    }
    const auto bytes = constant.value().bytes();
    std::string key(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    key += to_string(constant.value().dtype());
    if (auto found = scalars_.find(key); found != scalars_.end()) {
      values_.emplace(&node, std::vector{found->second});
    } else {
      scalars_.emplace(std::move(key), add_leaf(node, ValueSource::constant, true));
    }
  }

  ValueId add_value(Value value) {
    const auto id = static_cast<ValueId>(program_.values.size());
    value.root = id;
    program_.values.push_back(std::move(value));
    return id;
  }

  ValueId add_computed(TensorType type) { return add_value({std::move(type)}); }

  void add_instruction(Instruction instruction) {
    const auto index = static_cast<InstructionId>(program_.instructions.size());
    const bool is_static = std::all_of(instruction.inputs.begin(), instruction.inputs.end(),
                                       [&](ValueId input) { return program_.values[input].is_static; });
    for (auto output : instruction.outputs) {
      program_.values[output].index = index;
      program_.values[output].is_static = is_static;
    }
    if (instruction.kind == InstructionKind::reshape) {
      program_.values[instruction.outputs[0]].root = program_.values[instruction.inputs[0]].root;
    }
    program_.instructions.push_back(std::move(instruction));
  }

  // A formula repeats its operands itself: it reads what was broadcast, not the broadcast.
  ValueId before_broadcast(ValueId value) const {
    while (program_.values[value].source == ValueSource::computed) {
      const auto& producer = program_.instructions[program_.values[value].index];
      if (producer.kind != InstructionKind::copy) break;
      value = producer.inputs[0];
    }
    return value;
  }

  // Outputs and new parameter values must not be the memory of a leaf, which a store of this call may overwrite.
  ValueId computed_copy(ValueId value) {
    if (program_.root(value).source == ValueSource::computed && !program_.root(value).is_static) return value;
    const auto copy = add_computed(program_.values[value].type);
    add_instruction({InstructionKind::copy, nullptr, {value}, {copy}});
    program_.values[copy].is_static = false;
    return copy;
  }

  ValueId parameter_value(const Update& update) {
    const Node& node = update.parameter.node();
    auto found = values_.find(&node);
    return found != values_.end() ? found->second[0] : add_leaf(node, ValueSource::parameter, false);
  }

  static std::string key(const Node& node, std::span<const ValueId> inputs) {
    const Op& op = node.op();
    std::string text = fmt::format("{}|{}|{}", typeid(op).name(), op.name(), op.attributes());
    for (auto input : inputs) text += fmt::format("|{}", input);
    // Formulas read operands before their broadcast, so the shape of the result is part of what they are.
    return text + '|' + node.outputs()[0].shape.to_string();
  }

  void drop_dead() {
    std::vector<bool> live(program_.values.size());
    for (auto output : program_.outputs) live[output] = true;
    std::vector<bool> kept(program_.instructions.size());
    for (std::size_t index = program_.instructions.size(); index-- > 0;) {
      const auto& instruction = program_.instructions[index];
      kept[index] =
          instruction.kind == InstructionKind::store ||
          std::any_of(instruction.outputs.begin(), instruction.outputs.end(), [&](auto id) { return live[id]; });
      if (kept[index]) {
        for (auto input : instruction.inputs) live[input] = true;
      }
    }
    std::vector<Instruction> remaining;
    for (std::size_t index = 0; index < kept.size(); ++index) {
      if (!kept[index]) continue;
      for (auto output : program_.instructions[index].outputs) {
        program_.values[output].index = static_cast<std::uint32_t>(remaining.size());
      }
      remaining.push_back(std::move(program_.instructions[index]));
    }
    program_.instructions = std::move(remaining);
  }

  Program program_;
  std::vector<Instruction> stores_;
  std::unordered_map<const Node*, std::vector<ValueId>> values_;
  std::unordered_map<std::string, std::vector<ValueId>> computed_;
  std::map<std::string, ValueId> scalars_;
};

}  // namespace

Program lower(std::span<const Tensor> inputs, std::span<const Tensor> outputs, const Updates& updates) {
  Lowering lowering(inputs);
  std::vector<Tensor> roots(outputs.begin(), outputs.end());
  for (const auto& update : updates) roots.push_back(update.value);
  for (const auto& node : nodes_below(roots)) lowering.add_node(node);
  for (const auto& output : outputs) lowering.add_output(output);
  for (const auto& update : updates) lowering.add_store(update);
  return lowering.finish();
}

}  // namespace xgrad
