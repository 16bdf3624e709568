#include <xgrad/framework/runtime/binding_builder.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <vector>

namespace xgrad {

TileProgram BindingBuilder::bind_tiles(const Step& step, const PhasePlan& phase, const BoundPhase& bound) const {
  // What has the elements that an instruction goes through; each may divide the rows of the step's space otherwise.
  const auto space_of = [&](const Instruction& instruction) -> const Extents& {
    const bool is_row_kernel = instruction.kind == InstructionKind::kernel;
    return extents(is_row_kernel ? instruction.inputs[0] : instruction.result());
  };
  const bool is_cut = bound.rows != 1 || bound.block_rows != 1;
  Extents space = space_of(program_.instructions[step.instructions[0]]);
  if (!phase.rows) space.insert(space.begin(), 1);  // all of it is the one row of the one block
  const auto elements = element_count(space);
  TileProgram tiles(std::move(space));
  std::unordered_map<ValueId, TileProgram::Variable> variables;                      // with all elements, by root value
  std::map<std::pair<ValueId, Extents>, TileProgram::Variable> broadcast_variables;  // by what they broadcast to

  const auto type = [&](ValueId value) -> const TensorType& { return program_.values[value].type; };
  const auto element_bytes = [&](ValueId value) { return size_of(type(value).dtype); };
  const auto row_axis = [&](InstructionId id, std::size_t input) {
    return is_cut ? plan_.row_axes[id][input] : Op::whole;
  };
  const auto read = [&](InstructionId id, std::size_t index) {
    const ValueId value = program_.instructions[id].inputs[index];
    const auto location = locate(value, row_axis(id, index));
    const auto& shape = extents(value);
    if (element_count(shape) == elements) {
      const auto [known, is_new] = variables.try_emplace(program_.values[value].root);
      if (is_new) known->second = tiles.add_memory(location, element_bytes(value));
      return known->second;
    }
    const auto& whole = space_of(program_.instructions[id]);
    const auto [known, is_new] = broadcast_variables.try_emplace({value, whole});
    if (is_new) {
      known->second = row_axis(id, index) == 0 ? tiles.add_broadcast_rows(location, element_bytes(value), shape, whole)
                                               : tiles.add_broadcast(location, element_bytes(value), shape, whole);
    }
    return known->second;
  };

  // A value that is stored right where it is made is written to the parameter at once, unless something still reads
  // what the parameter held.
  std::unordered_map<ValueId, ValueId> stored_as;
  std::unordered_map<ValueId, InstructionId> last_read;
  for (auto id : step.instructions) {
    const auto& instruction = program_.instructions[id];
    for (auto input : instruction.inputs) last_read[program_.values[input].root] = id;
  }
  for (auto id : step.instructions) {
    const auto& instruction = program_.instructions[id];
    if (instruction.kind != InstructionKind::store) continue;
    const ValueId value = program_.values[instruction.inputs[0]].root;
    if (plan_.placements[value] != Placement::in_register) continue;
    const auto read = last_read.find(instruction.target);
    if (read == last_read.end() || read->second <= program_.values[value].index)
      stored_as.emplace(value, instruction.target);
  }

  for (auto id : step.instructions) {
    const auto& instruction = program_.instructions[id];
    std::vector<TileProgram::Variable> inputs;
    for (std::size_t index = 0; index < instruction.inputs.size(); ++index) inputs.push_back(read(id, index));
    const ValueId result = instruction.result();
    const int result_axis = is_cut ? 0 : Op::whole;
    if (instruction.kind == InstructionKind::kernel) {
      const auto rows = [&](ValueId value) {
        return TileProgram::Rows{type(value).dtype, extents(value), locate(value, result_axis)};
      };
      std::vector<TileProgram::Rows> results;
      std::transform(instruction.outputs.begin(), instruction.outputs.end(), std::back_inserter(results), rows);
      tiles.add_row_kernel(*instruction.op, inputs[0], rows(instruction.inputs[0]), std::move(results));
      continue;
    }
    TileProgram::Variable output;
    if (instruction.kind == InstructionKind::store) {
      const auto direct = stored_as.find(program_.values[instruction.inputs[0]].root);
      if (direct != stored_as.end() && direct->second == result) continue;
      output = tiles.add_memory(locate(result, result_axis), element_bytes(result));
    } else {
      const auto direct = stored_as.find(result);
      const bool in_register = plan_.placements[result] == Placement::in_register;
      const ValueId place = direct != stored_as.end() ? direct->second : result;
      output = in_register && place == result ? tiles.add_register(element_bytes(result))
                                              : tiles.add_memory(locate(place, result_axis), element_bytes(result));
      variables.emplace(result, output);
    }
    Elementwise::Kernel kernel = nullptr;
    if (instruction.kind == InstructionKind::elementwise) {
      std::vector<DType> dtypes;
      for (auto input : instruction.inputs) dtypes.push_back(program_.values[input].type.dtype);
      kernel = static_cast<const Elementwise*>(instruction.op)->kernel(dtypes);
    }
    tiles.add(kernel, inputs, output);
  }
  tiles.finish();
  return tiles;
}

}  // namespace xgrad
