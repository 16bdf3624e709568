#include <xgrad/framework/runtime/binding_builder.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <vector>

namespace xgrad {

TileProgram BindingBuilder::bind_tiles(const Step& step, const PhasePlan& phase, const BoundPhase& bound) {
  // What has the elements that an instruction goes through; each may divide the rows of the step's space otherwise.
  const auto space_value_of = [](const Instruction& instruction) {
    const bool is_row_kernel = instruction.kind == InstructionKind::kernel;
    return is_row_kernel ? instruction.inputs[0] : instruction.result();
  };
  const bool is_cut = bound.rows != 1 || bound.block_rows != 1;
  Extents space = extents(space_value_of(program_.instructions[step.instructions[0]]));
  if (!phase.rows) space.insert(space.begin(), 1);  // all of it is the one row of the one block
  const auto all = element_count(space);
  TileProgram tiles(std::move(space));
  tiles.reserve(step.instructions.size());
  // Variables with all elements lie by root value in `tile_variables_`, those of broadcast operands by the operand and
  // the shape that it is broadcast to.
  ++tile_steps_;
  std::unordered_map<std::uint64_t, TileProgram::Variable> broadcast_variables;

  const auto element_bytes = [&](ValueId value) { return size_of(program_.values[value].dtype); };
  const auto row_axis = [&](InstructionId id, std::size_t input) {
    return is_cut ? plan_.row_axes[id][input] : Op::whole;
  };
  const auto read = [&](InstructionId id, std::size_t index) {
    const ValueId value = program_.instructions[id].inputs[index];
    const auto location = locate(value, row_axis(id, index));
    if (elements(value) == all) {
      auto& known = tile_variables_[program_.values[value].root];
      if (known.step != tile_steps_) known = {tile_steps_, tiles.add_memory(location, element_bytes(value))};
      return known.variable;
    }
    const auto& shape = extents(value);
    const auto space_value = space_value_of(program_.instructions[id]);
    const auto& whole = extents(space_value);
    const auto [known, is_new] =
        broadcast_variables.try_emplace(std::uint64_t{value} << 32 | program_.values[space_value].shape_id);
    if (is_new) {
      known->second = row_axis(id, index) == 0 ? tiles.add_broadcast_rows(location, element_bytes(value), shape, whole)
                                               : tiles.add_broadcast(location, element_bytes(value), shape, whole);
    }
    return known->second;
  };

  // A value that is stored right where it is made is written to the parameter at once, unless something still reads
  // what the parameter held.
  std::unordered_map<ValueId, ValueId> stored_as;
  const auto is_store = [&](InstructionId id) { return program_.instructions[id].kind == InstructionKind::store; };
  if (std::any_of(step.instructions.begin(), step.instructions.end(), is_store)) {
    std::unordered_map<ValueId, InstructionId> last_read;
    for (auto id : step.instructions) {
      for (auto input : program_.instructions[id].inputs) last_read[program_.values[input].root] = id;
    }
    for (auto id : step.instructions) {
      const auto& instruction = program_.instructions[id];
      if (!is_store(id)) continue;
      const ValueId value = program_.values[instruction.inputs[0]].root;
      if (plan_.placements[value] != Placement::in_register) continue;
      const auto read = last_read.find(instruction.target);
      if (read == last_read.end() || read->second <= program_.values[value].index)
        stored_as.emplace(value, instruction.target);
    }
  }

  const int result_axis = is_cut ? 0 : Op::whole;
  const auto write = [&](ValueId result) {
    const auto direct = stored_as.find(result);
    const bool in_register = plan_.placements[result] == Placement::in_register;
    const ValueId place = direct != stored_as.end() ? direct->second : result;
    const auto variable = in_register && place == result
                              ? tiles.add_register(element_bytes(result))
                              : tiles.add_memory(locate(place, result_axis), element_bytes(result));
    tile_variables_[result] = {tile_steps_, variable};
    return variable;
  };

  std::vector<TileProgram::Variable> inputs;
  std::vector<TileProgram::Variable> outputs;
  std::vector<DType> dtypes;
  for (auto id : step.instructions) {
    const auto& instruction = program_.instructions[id];
    inputs.clear();
    for (std::size_t index = 0; index < instruction.inputs.size(); ++index) inputs.push_back(read(id, index));
    if (instruction.kind == InstructionKind::kernel) {
      const auto rows = [&](ValueId value) {
        return TileProgram::Rows{program_.values[value].dtype, extents(value), locate(value, result_axis)};
      };
      std::vector<TileProgram::Rows> results;
      std::transform(instruction.outputs.begin(), instruction.outputs.end(), std::back_inserter(results), rows);
      tiles.add_row_kernel(*instruction.op, inputs[0], rows(instruction.inputs[0]), std::move(results));
      continue;
    }
    outputs.clear();
    if (instruction.kind == InstructionKind::store) {
      const auto direct = stored_as.find(program_.values[instruction.inputs[0]].root);
      if (direct != stored_as.end() && direct->second == instruction.target) continue;
      outputs.push_back(tiles.add_memory(locate(instruction.target, result_axis), element_bytes(instruction.target)));
    } else {
      std::transform(instruction.outputs.begin(), instruction.outputs.end(), std::back_inserter(outputs), write);
    }
    Elementwise::Kernel kernel = nullptr;
    if (instruction.kind == InstructionKind::elementwise) {
      dtypes.clear();
      for (auto input : instruction.inputs) dtypes.push_back(program_.values[input].dtype);
      kernel = static_cast<const Elementwise*>(instruction.op)->kernel(dtypes);
    }
    tiles.add(kernel, inputs, outputs);
  }
  tiles.finish();
  return tiles;
}

}  // namespace xgrad
