#include <xgrad/framework/runtime/explain.hpp>
#include <xgrad/framework/runtime/work.hpp>

#include <fmt/format.h>

#include <iterator>

namespace xgrad {
namespace {

std::string_view placement_name(Placement placement) {
  switch (placement) {
    case Placement::in_phase:
      return "scratch";
    case Placement::in_arena:
      return "arena";
    case Placement::at_binding:
      return "binding";
    case Placement::kept:
      return "kept";
    default:
      return "";
  }
}

class Explanation {
 public:
  Explanation(const Plan& plan, const Binding* binding) : plan_(plan), binding_(binding) {}

  std::string run() {
    line(0, "{} level(s)", plan_.levels.size());
    if (binding_) text_.insert(text_.size() - 1, fmt::format(", arena of {} bytes", binding_->arena_bytes()));
    if (!plan_.prologue.steps.empty()) {
      line(0, "once for each set of sizes");
      for (const auto& step : plan_.prologue.steps) add_step(step);
    }
    for (std::size_t level = 0; level < plan_.levels.size(); ++level) {
      line(0, "level {}{}", level, binding_ ? tasks(level) : "");
      for (std::size_t phase = 0; phase < plan_.levels[level].size(); ++phase) add_phase(level, phase);
    }
    return std::move(text_);
  }

 private:
  template <class... Arguments>
  void line(std::size_t depth, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    text_.append(2 * depth, ' ');
    fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }

  std::string tasks(std::size_t level) const {
    return fmt::format(": {} task(s), {}", binding_->tasks(level),
                       binding_->is_shared(level) ? "shared" : "on the calling thread");
  }

  void add_phase(std::size_t level, std::size_t index) {
    const auto& phase = plan_.levels[level][index];
    const auto rows = phase.rows ? "rows of " + phase.rows->to_string() : "one block";
    if (binding_) {
      const auto cut = binding_->cut(level, index);
      line(1, "{}: {} block(s) of {}, cost {:.3g}, scratch of {} bytes", rows,
           (cut.rows + cut.block_rows - 1) / cut.block_rows, cut.block_rows, cut.cost, cut.scratch_bytes);
    } else {
      line(1, "{}", rows);
    }
    for (const auto& step : phase.steps) add_step(step);
  }

  void add_step(const Step& step) {
    std::string results;
    for (auto id : step.instructions) {
      const auto& instruction = plan_.program.instructions[id];
      if (instruction.kind == InstructionKind::store) {
        results += fmt::format(" {}", parameter_name(instruction.target));
      }
      for (auto output : instruction.outputs) {
        const auto placement = placement_name(plan_.placements[output]);
        if (!placement.empty())
          results += fmt::format(" {} {}", placement, plan_.program.values[output].type.to_string());
      }
    }
    std::string work;
    if (binding_) {
      const auto [operations, bytes] = work_of(plan_, step, binding_->sizes());
      work = fmt::format("; {:.4g} FLOP, {:.4g} bytes", operations, bytes);
    }
    line(2, "{} {} ->{}{}", step.is_fused ? "fused:" : "kernel:", names_of(plan_.program, step), results, work);
  }

  std::string parameter_name(ValueId target) const {
    for (const auto& node : plan_.program.nodes) {
      if (&node->op() == plan_.program.values[target].leaf && !node->name().empty()) return "'" + node->name() + "'";
    }
    return "parameter " + plan_.program.values[target].type.to_string();
  }

  const Plan& plan_;
  const Binding* binding_;
  std::string text_;
};

}  // namespace

std::string explain(const Plan& plan, const Binding* binding) { return Explanation(plan, binding).run(); }

}  // namespace xgrad
