#include <xgrad/framework/runtime/fusion.hpp>
#include <xgrad/framework/runtime/tile_program.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace xgrad {
namespace {

/// The longest row, in elements, of which a tile can hold a whole one.
constexpr std::int64_t longest_row = 4096;

/// True for a kernel that makes each row of its results from that row of its one input, such as a sum along the last
/// axis, where rows are short enough to be handed over tile by tile.
bool is_row_kernel(const Program& program, const Instruction& instruction) {
  if (instruction.kind != InstructionKind::kernel || instruction.inputs.size() != 1 ||
      instruction.outputs.size() > TileProgram::max_results)
    return false;
  const auto& input = program.values[instruction.inputs[0]].type;
  if (instruction.op->row_axes({&input, 1}) != std::vector{0}) return false;
  const auto row_elements = input.shape.size().divided_by(input.shape[0]);
  return row_elements && row_elements->is_known() && row_elements->value() > 0 && row_elements->value() <= longest_row;
}

}  // namespace

Fusion::Fusion(const Program& program)
    : program_(program),
      open_(program.spaces),
      last_read_(program.values.size(), none),
      stored_(program.values.size(), none) {}

std::vector<Step> Fusion::run(const Phase& phase) {
  std::for_each(phase.instructions.rbegin(), phase.instructions.rend(),
                [&](InstructionId id) { place(id, phase.rows.has_value()); });
  std::vector<Step> steps;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    std::reverse(step->instructions.begin(), step->instructions.end());
    if (!step->is_fused || has_formula(*step)) {
      steps.push_back(std::move(*step));
    } else {
      for (auto id : step->instructions) steps.push_back({false, {id}});
    }
  }
  forget(phase);
  return steps;
}

bool Fusion::has_formula(const Step& step) const {
  return std::any_of(step.instructions.begin(), step.instructions.end(),
                     [&](InstructionId id) { return program_.instructions[id].kind != InstructionKind::kernel; });
}

void Fusion::place(InstructionId id, bool has_rows) {
  const auto& instruction = program_.instructions[id];
  const bool ends_chain = program_.passes.fusion && has_rows && is_row_kernel(program_, instruction);
  auto space = none;
  auto position = static_cast<std::uint32_t>(steps_.size());
  if (instruction.kind == InstructionKind::kernel && !ends_chain) {
    steps_.push_back({false, {id}});
  } else {
    const ValueId elements = ends_chain ? instruction.inputs[0] : instruction.result();
    space = program_.values[elements].space_id;
    auto& open = open_[space];
    // What a row kernel makes has rows of another length.
    const auto last = last_position(instruction, ends_chain ? none : space);
    const auto fitting = std::lower_bound(open.begin(), open.end(), last);
    if (program_.passes.fusion && fitting != open.end()) {
      position = *fitting;
    } else {
      steps_.push_back({true, {}});
      open.push_back(position);
    }
    steps_[position].instructions.push_back(id);
  }
  if (instruction.kind == InstructionKind::store) stored_[instruction.target] = position;
  for (auto input : instruction.inputs) {
    const auto& value = program_.values[input];
    auto& last_read = last_read_[value.root];
    reads_.push_back({position, space, value.space_id, last_read});
    last_read = static_cast<std::uint32_t>(reads_.size()) - 1;
  }
}

// The last step that comes before all readers: a reader of the same elements may be in that very step.
std::uint32_t Fusion::last_position(const Instruction& instruction, std::uint32_t space) const {
  std::uint32_t position = 0;
  for (auto output : instruction.outputs) {
    for (auto index = last_read_[output]; index != none; index = reads_[index].next) {
      const auto& read = reads_[index];
      const bool same_elements = space != none && read.space == space && read.value_space == space;
      position = std::max(position, read.position + (same_elements ? 0 : 1));
    }
  }
  // What the instruction reads of a parameter must not have been overwritten.
  for (auto input : instruction.inputs) {
    const auto stored = stored_[program_.values[input].root];
    if (stored != none) position = std::max(position, stored);
  }
  return position;
}

void Fusion::forget(const Phase& phase) {
  for (auto id : phase.instructions) {
    const auto& instruction = program_.instructions[id];
    for (auto input : instruction.inputs) last_read_[program_.values[input].root] = none;
    if (instruction.kind == InstructionKind::store) stored_[instruction.target] = none;
    const ValueId elements = instruction.kind == InstructionKind::kernel && !instruction.inputs.empty()
                                 ? instruction.inputs[0]
                                 : instruction.result();
    open_[program_.values[elements].space_id].clear();
  }
  reads_.clear();
  steps_.clear();
}

}  // namespace xgrad
