#include <xgrad/framework/runtime/work.hpp>

#include <set>

namespace xgrad {
namespace {

std::string_view name_of(const Instruction& instruction) {
  if (instruction.op) return instruction.op->name();
  return instruction.kind == InstructionKind::store ? "store" : "copy";
}

}  // namespace

Work work_of(const Plan& plan, const Step& step, const Bindings& sizes) {
  const auto& values = plan.program.values;
  const auto extents = [&](ValueId value) { return values[value].type.shape.extents(sizes); };
  Work work;
  std::set<ValueId> touched;
  const auto touch = [&](ValueId value) {
    if (plan.placements[values[value].root] == Placement::in_register || !touched.insert(value).second) return;
    work.bytes +=
        static_cast<double>(element_count(extents(value))) * static_cast<double>(size_of(values[value].type.dtype));
  };
  for (auto id : step.instructions) {
    const auto& instruction = plan.program.instructions[id];
    std::vector<Extents> inputs;
    for (auto input : instruction.inputs) {
      touch(input);
      inputs.push_back(extents(input));
    }
    for (auto output : instruction.outputs) touch(output);
    if (instruction.kind == InstructionKind::store) touch(instruction.target);
    if (!instruction.op || instruction.kind == InstructionKind::copy) continue;
    work.operations +=
        static_cast<double>(element_count(extents(instruction.outputs[0]))) * instruction.op->operations(inputs);
  }
  return work;
}

std::string names_of(const Program& program, const Step& step) {
  std::string names;
  for (auto id : step.instructions) {
    if (!names.empty()) names += ' ';
    names += name_of(program.instructions[id]);
  }
  return names;
}

}  // namespace xgrad
