#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/node_index.hpp>
#include <xgrad/framework/core/prefetch.hpp>
#include <xgrad/framework/runtime/passes/algebra.hpp>
#include <xgrad/framework/runtime/passes/common_subexpressions.hpp>
#include <xgrad/framework/runtime/passes/constants.hpp>
#include <xgrad/framework/runtime/passes/dead_code.hpp>
#include <xgrad/framework/runtime/passes/packing.hpp>
#include <xgrad/framework/runtime/passes/transposes.hpp>
#include <xgrad/framework/runtime/program.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace xgrad {
namespace {

struct ShapeHash {
  std::size_t operator()(const Shape& shape) const { return shape.hash(); }
  std::size_t operator()(const Shape* shape) const { return shape->hash(); }
};

struct SameShape {
  bool operator()(const Shape* left, const Shape* right) const { return *left == *right; }
};

class Lowering {
 public:
  Lowering(std::span<const Tensor> inputs, std::size_t nodes) : index_(nodes) {
    values_.reserve(nodes);
    program_.values.reserve(nodes);
    program_.instructions.reserve(nodes);
    program_.nodes.reserve(nodes);
    broadcast_of_.reserve(nodes);
    for (const auto& input : inputs) {
      const auto value = add_leaf(input.shared_node(), ValueSource::argument, false);
      program_.values[value].index = static_cast<std::uint32_t>(program_.arguments.size());
      program_.arguments.push_back(value);
    }
  }

  void add_node(NodeHandle node) {
    if (index_.find(*node)) return;
    if (node->inputs().empty() && add_if_leaf(node)) return;
    const Op& op = node->op();
    const auto kind = kind_of(op);
    InlineVector<ValueId, 2> inputs;
    inputs.reserve(node->inputs().size());
    for (const auto& input : node->inputs()) {
      const auto value = value_of(input);
      // A formula repeats its operands itself: it reads what was broadcast, not the broadcast. What a reshape waits for
      // it does not read at all.
      const bool repeats = kind == InstructionKind::elementwise || kind == InstructionKind::copy ||
                           (kind == InstructionKind::reshape && !inputs.empty());
      inputs.push_back(repeats ? broadcast_of_[value] : written(value));
    }
    InlineVector<ValueId, 2> outputs;
    outputs.reserve(node->outputs().size());
    for (const auto& type : node->outputs()) outputs.push_back(add_value({.type = type}));
    add_known(std::move(node), outputs[0]);
    if (kind == InstructionKind::copy) {
      broadcast_of_[outputs[0]] = inputs[0];
      unwritten_.emplace(outputs[0], &op);
    } else {
      add_instruction({kind, &op, std::move(inputs), std::move(outputs)});
    }
  }

  void add_output(const Tensor& tensor) { program_.outputs.push_back(computed_copy(value_of(tensor))); }

  // Stores come last: whatever reads a parameter in this call reads what it held before.
  void add_store(const Update& update) {
    stores_.push_back({InstructionKind::store, nullptr, {computed_copy(value_of(update.value))}, {}});
    stores_.back().target = parameter_value(update);
  }

  Program finish() {
    std::move(stores_.begin(), stores_.end(), std::back_inserter(program_.instructions));
    program_.spaces = static_cast<std::uint32_t>(spaces_.size());
    return std::move(program_);
  }

 private:
  static InstructionKind kind_of(const Op& op) {
    if (dynamic_cast<const Elementwise*>(&op)) return InstructionKind::elementwise;
    if (op.is_broadcast()) return InstructionKind::copy;
    return op.is_reshape() ? InstructionKind::reshape : InstructionKind::kernel;
  }

  ValueId value_of(const Tensor& tensor) const {
    return values_[index_[tensor.node()]] + static_cast<ValueId>(tensor.output());
  }

  void add_known(NodeHandle node, ValueId first_output) {
    index_.insert(*node);
    values_.push_back(first_output);
    program_.nodes.push_back(std::move(node));
  }

  bool add_if_leaf(const NodeHandle& node) {
    const Op* op = &node->op();
    if (dynamic_cast<const Parameter*>(op)) {
      add_leaf(node, ValueSource::parameter, false);
    } else if (dynamic_cast<const Constant*>(op)) {
      add_leaf(node, ValueSource::constant, true);
    } else if (dynamic_cast<const DimSize*>(op)) {
      add_leaf(node, ValueSource::dim_size, true);
    } else if (dynamic_cast<const Input*>(op)) {
      throw ValueError(
          fmt::format("compile: the outputs depend on input '{}' {}, which is not among the inputs; add it",
                      node->name(), node->outputs()[0].to_string()));
    } else {
      return false;
    }
    return true;
  }

  ValueId add_leaf(const NodeHandle& node, ValueSource source, bool is_static) {
    const auto value =
        add_value({.type = node->outputs()[0], .source = source, .is_static = is_static, .leaf = &node->op()});
    add_known(node, value);
    return value;
  }

  ValueId add_value(Value value) {
    const auto id = static_cast<ValueId>(program_.values.size());
    value.root = id;
    value.shape_id = shape_id(value.type.shape);
    value.space_id = space_of_[value.shape_id];
    program_.values.push_back(std::move(value));
    broadcast_of_.push_back(id);
    return id;
  }

  std::uint32_t shape_id(const Shape& shape) {
    // Most values have the shape of the one before.
    if (!program_.shapes.empty() && *program_.shapes[last_shape_] == shape) return last_shape_;
    const auto [known, is_new] = shapes_.try_emplace(&shape, static_cast<std::uint32_t>(program_.shapes.size()));
    if (is_new) {
      program_.shapes.push_back(&shape);
      const Shape space{shape.rank() == 0 ? Dim(1) : shape[0], shape.size()};
      space_of_.push_back(spaces_.try_emplace(space, static_cast<std::uint32_t>(spaces_.size())).first->second);
    }
    return last_shape_ = known->second;
  }

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

  // A broadcast is written out only when someone reads it who cannot repeat the operand.
  ValueId written(ValueId value) {
    if (const auto found = unwritten_.find(value); found != unwritten_.end()) {
      add_instruction({InstructionKind::copy, found->second, {broadcast_of_[value]}, {value}});
      unwritten_.erase(found);
    }
    return value;
  }

  // Outputs and new parameter values must not be the memory of a leaf, which a store of this call may overwrite.
  ValueId computed_copy(ValueId value) {
    if (!unwritten_.contains(value) && program_.root(value).source == ValueSource::computed &&
        !program_.root(value).is_static) {
      return value;
    }
    const auto copy = add_value({.type = program_.values[value].type});
    add_instruction({InstructionKind::copy, nullptr, {broadcast_of_[value]}, {copy}});
    program_.values[copy].is_static = false;
    return copy;
  }

  ValueId parameter_value(const Update& update) {
    const auto known = index_.find(update.parameter.node());
    return known ? values_[*known] : add_leaf(update.parameter.shared_node(), ValueSource::parameter, false);
  }

  Program program_;
  std::vector<Instruction> stores_;
  NodeIndex index_;
  std::vector<ValueId> values_;                       // of a node's output 0, by number of the node
  std::vector<ValueId> broadcast_of_;                 // by value: what it is a broadcast of, or itself
  std::unordered_map<ValueId, const Op*> unwritten_;  // broadcasts that no instruction writes yet
  std::unordered_map<const Shape*, std::uint32_t, ShapeHash, SameShape> shapes_;  // of nodes: to their ids
  std::uint32_t last_shape_ = 0;
  std::vector<std::uint32_t> space_of_;  // by shape
  std::unordered_map<Shape, std::uint32_t, ShapeHash> spaces_;
};

std::vector<Array> evaluate(std::span<const Tensor> tensors, Passes passes) {
  passes.constants = false;  // or this would not end
  return compile({}, {tensors.begin(), tensors.end()}, {}, {.passes = passes})();
}

Graph run_passes(Graph graph, const Passes& passes, std::span<const Tensor> updated) {
  if (passes.algebra) graph = simplify_algebra(std::move(graph));
  if (passes.transposes) graph = absorb_transposes(std::move(graph));
  if (passes.constants) {
    graph = fold_constants(std::move(graph), [&](auto tensors) { return evaluate(tensors, passes); });
  }
  // Before the search for what is equal, which would make readers anew for the sake of nodes that nobody reads.
  if (passes.dead_code) graph = drop_dead_code(std::move(graph));
  if (passes.common_subexpressions) graph = share_common_subexpressions(std::move(graph));
  if (passes.packing) graph = pack_inputs(std::move(graph), updated);
  return passes.dead_code ? drop_dead_code(std::move(graph)) : graph;
}

}  // namespace

Program lower(std::span<const Tensor> inputs, std::span<const Tensor> outputs, const Updates& updates,
              const Passes& passes) {
  std::vector<Tensor> roots(outputs.begin(), outputs.end());
  std::vector<Tensor> updated;
  for (const auto& update : updates) {
    roots.push_back(update.value);
    updated.push_back(update.parameter);
  }
  auto graph = run_passes(graph_below(std::move(roots)), passes, updated);
  Lowering lowering(inputs, graph.nodes.size());
  for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
    prefetch_ahead(graph.nodes, index);
    lowering.add_node(std::move(graph.nodes[index]));
  }
  for (std::size_t index = 0; index < outputs.size(); ++index) lowering.add_output(graph.outputs[index]);
  for (std::size_t index = 0; index < updates.size(); ++index) {
    lowering.add_store({updates[index].parameter, graph.outputs[outputs.size() + index]});
  }
  auto program = lowering.finish();
  program.passes = passes;
  return program;
}

}  // namespace xgrad
