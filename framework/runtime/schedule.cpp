#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/schedule.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>

namespace xgrad {
namespace {

constexpr int prologue_level = -1;

/// Entries listed by the value that they have to do with, in their order: all lists in one piece of memory.
template <class Entry>
class ListsByValue {
 public:
  /// `visit_all(note)` calls `note(value, entry)` for every entry, and does so again when it is called again.
  template <class VisitAll>
  void fill(std::size_t values, VisitAll visit_all) {
    first_.assign(values + 1, 0);
    visit_all([&](ValueId value, const Entry&) { ++first_[value + 1]; });
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    entries_.resize(first_.back());
    auto next = first_;
    visit_all([&](ValueId value, const Entry& entry) { entries_[next[value]++] = entry; });
  }

  std::span<const Entry> operator[](ValueId value) const {
    return std::span(entries_).subspan(first_[value], first_[value + 1] - first_[value]);
  }

 private:
  std::vector<std::uint32_t> first_;  // by value, in `entries_`
  std::vector<Entry> entries_;
};

/// An instruction that reads a value, and as which of its inputs: it may have thousands.
struct Reader {
  InstructionId id;
  std::uint32_t input;
};

class Scheduler {
 public:
  explicit Scheduler(const Program& program)
      : program_(program),
        rows_(program.instructions.size()),
        levels_(program.instructions.size(), 0),
        parents_(program.instructions.size()),
        is_output_(program.values.size()) {
    for (auto output : program.outputs) is_output_[program.values[output].root] = true;
    std::iota(parents_.begin(), parents_.end(), InstructionId{0});
  }

  Schedule run() {
    for (InstructionId id = 0; id < program_.instructions.size(); ++id) find_rows(id);
    list_readers_and_stores();
    for (InstructionId id = 0; id < program_.instructions.size(); ++id) {
      levels_[id] = earliest_level(id);
      if (can_fail(id)) last_failure_ = std::max(last_failure_, levels_[id]);
    }
    // A call that throws must not have updated some parameters: all stores come after what can fail.
    for (InstructionId id = 0; id < program_.instructions.size(); ++id) {
      if (instruction(id).kind == InstructionKind::store) levels_[id] = std::max(levels_[id], last_failure_ + 1);
    }
    for (InstructionId id = program_.instructions.size(); id-- > 0;) {
      if (waits_for_readers(id)) levels_[id] = std::max(levels_[id], latest_level(id));
    }
    for (InstructionId id = 0; id < program_.instructions.size(); ++id) join_phases(id);
    collect_phases();
    return std::move(schedule_);
  }

 private:
  const Instruction& instruction(InstructionId id) const { return program_.instructions[id]; }

  const Shape& iteration_shape(const Instruction& instruction) const { return program_.shape(instruction.result()); }

  bool is_static(InstructionId id) const {
    const auto& outputs = instruction(id).outputs;
    return !outputs.empty() && program_.values[outputs[0]].is_static;
  }

  bool can_fail(InstructionId id) const {
    return instruction(id).kind == InstructionKind::kernel && !is_static(id) && instruction(id).op->can_fail();
  }

  void list_readers_and_stores() {
    const auto instructions = static_cast<InstructionId>(program_.instructions.size());
    readers_.fill(program_.values.size(), [&](auto note) {
      for (InstructionId id = 0; id < instructions; ++id) {
        if (instruction(id).kind == InstructionKind::reshape) continue;
        const auto& inputs = instruction(id).inputs;
        for (std::uint32_t input = 0; input < inputs.size(); ++input) {
          note(program_.values[inputs[input]].root, Reader{id, input});
        }
      }
    });
    stores_.fill(program_.values.size(), [&](auto note) {
      for (InstructionId id = 0; id < instructions; ++id) {
        if (instruction(id).kind == InstructionKind::store) note(instruction(id).target, id);
      }
    });
  }

  // Along which axis of the output the work can be cut, and what that means for the inputs.
  void find_rows(InstructionId id) {
    const auto& self = instruction(id);
    const auto& shape = iteration_shape(self);
    const auto axes = schedule_.row_axes.add(self.inputs.size());
    std::fill(axes.begin(), axes.end(), Op::whole);
    if (self.kind == InstructionKind::reshape) return;
    // One panel is a phase of its own as well, so that it can be kept from call to call.
    const bool packs = self.op && self.op->packs_input();
    if (shape.rank() == 0 || (shape[0].is_one() && !packs) || is_static(id)) return;
    if (self.kind == InstructionKind::kernel) {
      std::vector<TensorType> types;
      for (auto input : self.inputs) types.push_back(program_.values[input].type);
      auto asked = self.op->row_axes(types);
      if (!asked) return;
      std::copy(asked->begin(), asked->end(), axes.begin());
    } else {
      for (std::size_t index = 0; index < axes.size(); ++index) {
        const auto& input = program_.shape(self.inputs[index]);
        if (input.rank() == shape.rank() && input[0] == shape[0]) axes[index] = 0;
      }
    }
    rows_[id] = shape[0];
  }

  // Reshapes do no work: what matters is who wrote the memory, and whether rows are still the same rows.
  struct Origin {
    std::optional<InstructionId> writer;
    bool same_rows = true;
    int earliest_level = 0;  // of a reader, because of what the reshapes wait for
  };

  Origin origin(ValueId value) const {
    Origin result;
    while (program_.values[value].source == ValueSource::computed) {
      const auto id = program_.values[value].index;
      if (instruction(id).kind != InstructionKind::reshape) {
        result.writer = id;
        break;
      }
      for (auto awaited : std::span(instruction(id).inputs).subspan(1)) {
        const auto source = origin(awaited);
        const int after_writer = source.writer ? levels_[*source.writer] + 1 : 0;
        result.earliest_level = std::max({result.earliest_level, source.earliest_level, after_writer});
      }
      const ValueId input = instruction(id).inputs[0];
      const auto& from = program_.shape(input);
      const auto& to = program_.shape(value);
      result.same_rows &= from.rank() > 0 && to.rank() > 0 && from[0] == to[0];
      value = input;
    }
    return result;
  }

  // True when the two can be in one phase: block by block, the reader needs just the rows that its input's writer has
  // made.
  bool can_follow(InstructionId reader, std::size_t input, const Origin& origin) const {
    if (rows_[reader] != rows_[*origin.writer]) return false;
    return !rows_[reader] || (schedule_.row_axes[reader][input] == 0 && origin.same_rows);
  }

  int earliest_level(InstructionId id) const {
    const auto& self = instruction(id);
    if (is_static(id)) return prologue_level;
    int level = 0;
    for (std::size_t index = 0; index < self.inputs.size(); ++index) {
      const auto source = origin(self.inputs[index]);
      level = std::max(level, source.earliest_level);
      if (!source.writer || levels_[*source.writer] == prologue_level) continue;
      level = std::max(level, levels_[*source.writer] + (can_follow(id, index, source) ? 0 : 1));
    }
    if (self.kind == InstructionKind::store) {
      for (auto reader : readers_[self.target])
        level = std::max(level, levels_[reader.id] + (reads_same_rows(reader.id, id) ? 0 : 1));
    }
    return level;
  }

  // True when every block of `reader` reads just those rows of the store's target that the same block of the store
  // writes.
  bool reads_same_rows(InstructionId reader, InstructionId store) const {
    if (rows_[reader] != rows_[store]) return false;
    if (!rows_[reader]) return true;
    const auto& inputs = instruction(reader).inputs;
    for (std::size_t index = 0; index < inputs.size(); ++index) {
      const bool reads_target = program_.values[inputs[index]].root == instruction(store).target;
      if (reads_target && (schedule_.row_axes[reader][index] != 0 || !origin(inputs[index]).same_rows)) return false;
    }
    return true;
  }

  bool waits_for_readers(InstructionId id) const {
    const auto kind = instruction(id).kind;
    if (kind != InstructionKind::elementwise && kind != InstructionKind::copy) return false;
    if (levels_[id] == prologue_level) return false;
    const auto& outputs = instruction(id).outputs;
    return std::none_of(outputs.begin(), outputs.end(),
                        [&](ValueId output) { return is_output_[program_.values[output].root]; });
  }

  int latest_level(InstructionId id) const {
    int level = std::numeric_limits<int>::max();
    for (auto output : instruction(id).outputs) {
      for (auto reader : readers_[output]) {
        const auto source = origin(instruction(reader.id).inputs[reader.input]);
        level = std::min(level, levels_[reader.id] - (can_follow(reader.id, reader.input, source) ? 0 : 1));
      }
    }
    // A reader of a parameter must not slip behind the store that overwrites it.
    for (auto input : instruction(id).inputs) {
      for (auto store : stores_[program_.values[input].root]) {
        level = std::min(level, levels_[store] - (reads_same_rows(id, store) ? 0 : 1));
      }
    }
    return level == std::numeric_limits<int>::max() ? levels_[id] : level;
  }

  InstructionId component(InstructionId id) {
    while (parents_[id] != id) id = parents_[id] = parents_[parents_[id]];
    return id;
  }

  void join(InstructionId left, InstructionId right) {
    if (levels_[left] == levels_[right] && rows_[left] == rows_[right]) parents_[component(left)] = component(right);
  }

  void join_phases(InstructionId id) {
    const auto& self = instruction(id);
    for (std::size_t index = 0; index < self.inputs.size(); ++index) {
      const auto source = origin(self.inputs[index]);
      if (source.writer && can_follow(id, index, source)) join(id, *source.writer);
    }
    if (self.kind == InstructionKind::store) {
      for (auto reader : readers_[self.target]) join(id, reader.id);
    }
  }

  void collect_phases() {
    // Index of a phase in its level. A component lies in one level; what has no rows is one more phase of each.
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> phase_of_component(program_.instructions.size(), none);
    std::vector<std::uint32_t> serial_phases;  // by level
    for (InstructionId id = 0; id < program_.instructions.size(); ++id) {
      if (instruction(id).kind == InstructionKind::reshape) continue;
      if (levels_[id] == prologue_level) {
        schedule_.prologue.instructions.push_back(id);
        continue;
      }
      const auto level = static_cast<std::size_t>(levels_[id]);
      if (schedule_.levels.size() <= level) {
        schedule_.levels.resize(level + 1);
        serial_phases.resize(level + 1, none);
      }
      auto& members = schedule_.levels[level];
      auto& phase = rows_[id] ? phase_of_component[component(id)] : serial_phases[level];
      if (phase == none) {
        phase = static_cast<std::uint32_t>(members.size());
        members.push_back({rows_[id], {}});
      }
      members[phase].instructions.push_back(id);
    }
  }

  const Program& program_;
  Schedule schedule_;
  std::vector<std::optional<Dim>> rows_;
  std::vector<int> levels_;
  int last_failure_ = prologue_level;  // the last level with a kernel that can fail
  std::vector<InstructionId> parents_;
  ListsByValue<Reader> readers_;        // by root value, reshapes left out
  ListsByValue<InstructionId> stores_;  // by parameter
  std::vector<bool> is_output_;         // by root value
};

}  // namespace

Schedule make_schedule(const Program& program) { return Scheduler(program).run(); }

}  // namespace xgrad
