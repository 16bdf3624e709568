#include <xgrad/framework/runtime/fusion.hpp>
#include <xgrad/framework/runtime/tile_program.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
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

/// Places instructions from the last to the first, each as late as its readers allow: a formula then stands in the step
/// that reads it, and not in one before a kernel that lies between. Positions count steps from the end.
class Fusion {
 public:
  Fusion(const Program& program, bool has_rows) : program_(program), has_rows_(has_rows) {}

  std::vector<Step> run(const Phase& phase) {
    std::for_each(phase.instructions.rbegin(), phase.instructions.rend(), [&](InstructionId id) { place(id); });
    std::vector<Step> steps;
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      std::reverse(step->instructions.begin(), step->instructions.end());
      if (!step->is_fused || has_formula(*step)) {
        steps.push_back(std::move(*step));
      } else {
        for (auto id : step->instructions) steps.push_back({false, {id}});
      }
    }
    return steps;
  }

 private:
  struct Read {
    std::size_t position;
    std::optional<std::uint32_t> space;  // that the reader goes through; none for a kernel by itself
    std::uint32_t value_space;           // of what is read, which may be a reshape of the value
  };

  bool has_formula(const Step& step) const {
    return std::any_of(step.instructions.begin(), step.instructions.end(),
                       [&](InstructionId id) { return program_.instructions[id].kind != InstructionKind::kernel; });
  }

  void place(InstructionId id) {
    const auto& instruction = program_.instructions[id];
    const bool ends_chain = program_.passes.fusion && has_rows_ && is_row_kernel(program_, instruction);
    std::optional<std::uint32_t> space;
    std::size_t position = steps_.size();
    if (instruction.kind == InstructionKind::kernel && !ends_chain) {
      steps_.push_back({false, {id}});
    } else {
      const ValueId elements = ends_chain ? instruction.inputs[0] : instruction.result();
      space = program_.values[elements].space_id;
      auto& open = open_[*space];
      // What a row kernel makes has rows of another length.
      const auto last = last_position(instruction, ends_chain ? std::nullopt : space);
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
      reads_[value.root].push_back({position, space, value.space_id});
    }
  }

  // The last step that comes before all readers: a reader of the same elements may be in that very step.
  std::size_t last_position(const Instruction& instruction, std::optional<std::uint32_t> space) const {
    std::size_t position = 0;
    for (auto output : instruction.outputs) {
      const auto reads = reads_.find(output);
      if (reads == reads_.end()) continue;
      for (const auto& read : reads->second) {
        const bool same_elements = space && read.space == space && read.value_space == space;
        position = std::max(position, read.position + (same_elements ? 0 : 1));
      }
    }
    // What the instruction reads of a parameter must not have been overwritten.
    for (auto input : instruction.inputs) {
      const auto stored = stored_.find(program_.values[input].root);
      if (stored != stored_.end()) position = std::max(position, stored->second);
    }
    return position;
  }

  const Program& program_;
  const bool has_rows_;
  std::vector<Step> steps_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> open_;  // fused steps over a space, from the last
  std::unordered_map<ValueId, std::vector<Read>> reads_;              // of a root value
  std::unordered_map<ValueId, std::size_t> stored_;                   // step that overwrites a parameter
};

}  // namespace

std::vector<Step> fuse(const Program& program, const Phase& phase) {
  return Fusion(program, phase.rows.has_value()).run(phase);
}

}  // namespace xgrad
