#include <xgrad/framework/runtime/fusion.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace xgrad {
namespace {

/// Places instructions from the last to the first, each as late as its readers allow: a formula then stands in the step
/// that reads it, and not in one before a kernel that lies between. Positions count steps from the end.
class Fusion {
 public:
  explicit Fusion(const Program& program) : program_(program) {}

  std::vector<Step> run(const Phase& phase) {
    std::for_each(phase.instructions.rbegin(), phase.instructions.rend(), [&](InstructionId id) { place(id); });
    for (auto& step : steps_) std::reverse(step.instructions.begin(), step.instructions.end());
    std::reverse(steps_.begin(), steps_.end());
    return std::move(steps_);
  }

 private:
  struct Read {
    std::size_t position;
    std::optional<std::uint32_t> shape;  // of the elements that the reader goes through; none for a kernel
    bool is_direct;                      // reads the value itself, and not a reshape of it
  };

  void place(InstructionId id) {
    const auto& instruction = program_.instructions[id];
    std::size_t position = steps_.size();
    std::optional<std::uint32_t> shape;
    if (instruction.kind == InstructionKind::kernel) {
      steps_.push_back({false, {id}});
    } else {
      const ValueId result = instruction.kind == InstructionKind::store ? instruction.target : instruction.outputs[0];
      shape = program_.values[result].shape_id;
      const auto open = open_.find(*shape);
      if (program_.passes.fusion && open != open_.end() && open->second >= last_position(instruction, *shape)) {
        position = open->second;
      } else {
        steps_.push_back({true, {}});
        open_[*shape] = position;
      }
      steps_[position].instructions.push_back(id);
    }
    if (instruction.kind == InstructionKind::store) stored_[instruction.target] = position;
    for (auto input : instruction.inputs) {
      const auto root = program_.values[input].root;
      reads_[root].push_back({position, shape, root == input});
    }
  }

  // The last step that comes before all readers: a reader of the same elements may be in that very step.
  std::size_t last_position(const Instruction& instruction, std::uint32_t shape) const {
    std::size_t position = 0;
    for (auto output : instruction.outputs) {
      const auto reads = reads_.find(output);
      if (reads == reads_.end()) continue;
      for (const auto& read : reads->second) {
        const bool same_elements = read.is_direct && read.shape == shape;
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
  std::vector<Step> steps_;
  std::unordered_map<std::uint32_t, std::size_t> open_;   // shape to the first fused step over it
  std::unordered_map<ValueId, std::vector<Read>> reads_;  // of a root value
  std::unordered_map<ValueId, std::size_t> stored_;       // step that overwrites a parameter
};

}  // namespace

std::vector<Step> fuse(const Program& program, const Phase& phase) { return Fusion(program).run(phase); }

}  // namespace xgrad
