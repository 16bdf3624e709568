#include <xgrad/framework/runtime/fusion.hpp>

#include <algorithm>
#include <unordered_map>

namespace xgrad {
namespace {

class Fusion {
 public:
  explicit Fusion(const Program& program) : program_(program) {}

  std::vector<Step> run(const Phase& phase) {
    for (auto id : phase.instructions) place(id);
    return std::move(steps_);
  }

 private:
  void place(InstructionId id) {
    const auto& instruction = program_.instructions[id];
    std::size_t position = steps_.size();
    if (instruction.kind == InstructionKind::kernel) {
      steps_.push_back({false, {id}});
    } else {
      const ValueId result = instruction.kind == InstructionKind::store ? instruction.target : instruction.outputs[0];
      const auto shape = program_.values[result].shape_id;
      const auto open = open_.find(shape);
      if (program_.passes.fusion && open != open_.end() && open->second >= first_position(instruction, shape)) {
        position = open->second;
      } else {
        steps_.push_back({true, {}});
        open_[shape] = position;
      }
      steps_[position].instructions.push_back(id);
    }
    for (auto output : instruction.outputs) written_[output] = position;
    for (auto input : instruction.inputs) {
      auto& last = read_[program_.values[input].root];
      last = std::max(last, position);
    }
  }

  // The first step in which all operands are there: an operand of the same elements may be made by that very step.
  std::size_t first_position(const Instruction& instruction, std::uint32_t shape) const {
    std::size_t position = 0;
    for (auto input : instruction.inputs) {
      const auto& value = program_.values[input];
      const auto written = written_.find(value.root);
      if (written == written_.end()) continue;
      const auto& writer = steps_[written->second];
      const bool same_elements = value.root == input && writer.is_fused && value.shape_id == shape;
      position = std::max(position, written->second + (same_elements ? 0 : 1));
    }
    if (instruction.kind == InstructionKind::store) {
      // What reads the parameter in this phase must have done so.
      if (auto read = read_.find(instruction.target); read != read_.end()) position = std::max(position, read->second);
    }
    return position;
  }

  const Program& program_;
  std::vector<Step> steps_;
  std::unordered_map<std::uint32_t, std::size_t> open_;  // shape to the last fused step over it
  std::unordered_map<ValueId, std::size_t> written_;     // step that makes a value
  std::unordered_map<ValueId, std::size_t> read_;        // last step that reads a root value
};

}  // namespace

std::vector<Step> fuse(const Program& program, const Phase& phase) { return Fusion(program).run(phase); }

}  // namespace xgrad
