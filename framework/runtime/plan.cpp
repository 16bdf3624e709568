#include <xgrad/framework/runtime/plan.hpp>

#include <algorithm>
#include <limits>

namespace xgrad {
namespace {

/// Where an instruction runs.
struct Place {
  std::uint32_t level = 0;
  std::uint32_t phase = 0;
  std::uint32_t step = 0;
};

class Placing {
 public:
  explicit Placing(Plan& plan) : plan_(plan), places_(plan.program.instructions.size()) {}

  void run() {
    for (std::uint32_t level = 0; level < plan_.levels.size(); ++level) {
      for (std::uint32_t phase = 0; phase < plan_.levels[level].size(); ++phase)
        note(plan_.levels[level][phase], level, phase);
    }
    const auto& values = plan_.program.values;
    plan_.placements.assign(values.size(), Placement::leaf);
    plan_.last_level.assign(values.size(), 0);
    for (const auto& level : plan_.levels) {
      for (const auto& phase : level) place_results(phase, Placement::in_register);
    }
    place_results(plan_.prologue, Placement::at_binding);
    keep_packed_parameters();
    for (const auto& level : plan_.levels) {
      for (const auto& phase : level) widen_by_readers(phase);
    }
    for (auto output : plan_.program.outputs) {
      const auto root = values[output].root;
      plan_.placements[root] = Placement::in_arena;
      plan_.last_level[root] = static_cast<std::uint32_t>(plan_.levels.size());
    }
  }

 private:
  void note(const PhasePlan& phase, std::uint32_t level, std::uint32_t index) {
    for (std::uint32_t step = 0; step < phase.steps.size(); ++step) {
      for (auto id : phase.steps[step].instructions) places_[id] = {level, index, step};
    }
  }

  void place_results(const PhasePlan& phase, Placement placement) {
    for (const auto& step : phase.steps) {
      for (auto id : step.instructions) {
        // A kernel writes all its results, also one that nobody reads.
        const auto& instruction = plan_.program.instructions[id];
        const bool needs_memory = placement == Placement::in_register && instruction.kind == InstructionKind::kernel;
        for (auto output : instruction.outputs) {
          plan_.placements[output] = needs_memory ? Placement::in_phase : placement;
        }
      }
    }
  }

  void keep_packed_parameters() {
    std::vector<bool> is_stored(plan_.program.values.size());
    for (const auto& instruction : plan_.program.instructions) {
      if (instruction.kind == InstructionKind::store) is_stored[instruction.target] = true;
    }
    for (auto& level : plan_.levels) {
      for (auto& phase : level) {
        if (phase.steps.size() != 1 || phase.steps[0].instructions.size() != 1) continue;
        const auto& instruction = plan_.program.instructions[phase.steps[0].instructions[0]];
        if (!instruction.op || !instruction.op->packs_input()) continue;
        const auto packed = plan_.program.values[instruction.inputs[0]].root;
        if (plan_.program.values[packed].source != ValueSource::parameter || is_stored[packed]) continue;
        phase.kept_of = packed;
        plan_.placements[instruction.outputs[0]] = Placement::kept;
      }
    }
  }

  void widen_by_readers(const PhasePlan& phase) {
    for (const auto& step : phase.steps) {
      for (auto id : step.instructions) {
        for (auto input : plan_.program.instructions[id].inputs) widen(input, places_[id]);
      }
    }
  }

  void widen(ValueId input, const Place& reader) {
    const auto& value = plan_.program.values[input];
    auto& placement = plan_.placements[value.root];
    if (placement == Placement::leaf || placement == Placement::at_binding || placement == Placement::kept) return;
    const auto& writer = places_[plan_.program.values[value.root].index];
    plan_.last_level[value.root] = std::max(plan_.last_level[value.root], reader.level);
    if (writer.level != reader.level || writer.phase != reader.phase) {
      placement = Placement::in_arena;
    } else if (placement == Placement::in_register && writer.step != reader.step) {
      placement = Placement::in_phase;
    }
  }

  Plan& plan_;
  std::vector<Place> places_;
};

}  // namespace

Plan make_plan(Program program) {
  Plan plan;
  auto schedule = make_schedule(program);
  Fusion fusion(program);
  const auto plan_phase = [&](const Phase& phase) { return PhasePlan{phase.rows, fusion.run(phase)}; };
  plan.prologue = plan_phase(schedule.prologue);
  for (const auto& level : schedule.levels) {
    auto& phases = plan.levels.emplace_back();
    std::transform(level.begin(), level.end(), std::back_inserter(phases), plan_phase);
  }
  plan.row_axes = std::move(schedule.row_axes);
  plan.program = std::move(program);
  Placing(plan).run();
  return plan;
}

}  // namespace xgrad
