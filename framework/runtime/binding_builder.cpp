#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/long_rows.hpp>
#include <xgrad/framework/runtime/binding_builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <limits>
#include <map>
#include <new>
#include <numeric>
#include <utility>

namespace xgrad {
namespace {

// Base addresses that are always there.
constexpr std::uint32_t arena_stretch = 0;
constexpr std::uint32_t constants_stretch = 1;

// Additions that take about ten microseconds: less than this is not worth a task of its own.
constexpr double task_cost = 1 << 18;

// Where rows are long (a block makes several tasks), half a block is better than a thread without one, down to this
// many rows.
constexpr std::int64_t fewest_rows = 16;

// Values of the arena that are placed in one go, which takes time as the square of their number.
constexpr std::size_t most_placed_together = 1024;

/// Memory for `what`, in a call with arguments of these shapes.
AlignedMemory allocate(std::size_t bytes, std::string_view what, std::span<const Extents> shapes) {
  try {
    return AlignedMemory(bytes);
  } catch (const std::bad_alloc&) {
    std::string arguments;
    for (const auto& shape : shapes) arguments += (arguments.empty() ? "" : ", ") + to_string(shape);
    throw MemoryError(
        fmt::format("Function: {} of a call with arguments of shapes {} take {:.4g} MB, which the system does "
                    "not give; call it with fewer rows at a time, such as smaller batches",
                    what, arguments.empty() ? "()" : arguments, static_cast<double>(bytes) / 1e6));
  }
}

// Rows of a block come in multiples of what its operators need at least, or of this many.
constexpr std::int64_t row_rounding = 16;

// Elements of a formula, which takes as long for fewer: to call it takes longer than to compute them.
constexpr std::int64_t fewest_elements = 128;

// Bytes of a phase's own values that should stay in the second-level cache.
constexpr std::int64_t cache_bytes = 1 << 20;

// The same of the first-level cache, for blocks that cost this much at least, in additions: about two microseconds.
constexpr std::int64_t first_level_bytes = 1 << 14;
constexpr double least_block_cost = 1 << 16;

}  // namespace

BindingBuilder::BindingBuilder(const Plan& plan, const Bindings& sizes, Binding& binding)
    : plan_(plan),
      program_(plan.program),
      sizes_(sizes),
      binding_(binding),
      locations_(plan.program.values.size()),
      last_steps_(plan.program.values.size()),
      last_readers_(plan.program.values.size(), unread),
      tile_variables_(plan.program.values.size()) {
  for (const auto* shape : program_.shapes) {
    extents_.push_back(shape->extents(sizes));
    expect_tensor_fits("Function", {DType::uint8, Shape(extents_.back())});
    elements_.push_back(element_count(extents_.back()));
  }
  // Elements are few enough to be counted now, and values many.
  for (ValueId value = 0; value < program_.values.size(); ++value) {
    const DType dtype = program_.values[value].dtype;
    const auto bytes = elements_[program_.values[value].shape_id] * static_cast<std::int64_t>(size_of(dtype));
    if (bytes >> max_tensor_bits != 0) expect_tensor_fits("Function", {dtype, Shape(extents(value))});
  }
}

void BindingBuilder::build() {
  binding_.stretches_.resize(2);
  place_leaves();
  place_prologue_results();
  run_prologue();
  place_arena();
  bind_outputs();
  find_stored_parameters();
  binding_.levels_.reserve(plan_.levels.size());
  for (std::uint32_t level = 0; level < plan_.levels.size(); ++level) {
    binding_.levels_.push_back(bind_level(level));
    binding_.is_shared_ = binding_.is_shared_ || binding_.is_shared(level);
    auto& bound = binding_.levels_.back();
    for (const auto& phase : bound.phases) {
      binding_.scratch_bytes_ = std::max(binding_.scratch_bytes_, phase.scratch_bytes);
    }
    const auto is_kept = [](const BoundPhase& phase) { return phase.kept_of != nullptr; };
    if (std::ranges::any_of(bound.phases, is_kept)) binding_.kept_levels_.push_back(&bound);
  }
}

std::size_t BindingBuilder::bytes(ValueId value) const {
  return static_cast<std::size_t>(elements(value)) * size_of(program_.values[value].dtype);
}

std::int64_t BindingBuilder::row_bytes(ValueId value) const {
  return element_count(std::span(extents(value)).subspan(1)) *
         static_cast<std::int64_t>(size_of(program_.values[value].dtype));
}

void BindingBuilder::place_leaves() {
  auto& stretches = binding_.stretches_;
  const auto place = [&](ValueId value, const std::byte* data) {
    locations_[value].stretch = static_cast<std::uint32_t>(stretches.size());
    stretches.push_back(const_cast<std::byte*>(data));  // constants and arguments are never written to
  };
  for (ValueId value = 0; value < program_.values.size(); ++value) {
    const auto& leaf = program_.values[value];
    if (leaf.source == ValueSource::parameter) {
      place(value, static_cast<const Parameter*>(leaf.leaf)->value().bytes().data());
    } else if (leaf.source == ValueSource::constant) {
      place(value, static_cast<const Constant*>(leaf.leaf)->value().bytes().data());
      is_constant_.resize(stretches.size(), false);
      is_constant_.back() = true;
    }
  }
  for (auto argument : program_.arguments) {
    place(argument, nullptr);
    binding_.argument_stretches_.push_back(locations_[argument].stretch);
  }
  is_constant_.resize(stretches.size(), false);
  is_constant_[constants_stretch] = true;
}

void BindingBuilder::place_prologue_results() {
  OffsetAllocator allocator;
  const auto place = [&](ValueId value) {
    locations_[value] = {constants_stretch, static_cast<std::int64_t>(allocator.allocate(bytes(value))), 0};
  };
  for (ValueId value = 0; value < program_.values.size(); ++value) {
    const bool is_dim_size = program_.values[value].source == ValueSource::dim_size;
    const auto placement = plan_.placements[value];
    if (is_dim_size || placement == Placement::at_binding || placement == Placement::kept) place(value);
  }
  binding_.constants_ = allocate(allocator.size(), "values that are kept between calls", binding_.argument_shapes_);
  binding_.stretches_[constants_stretch] = binding_.constants_.data();
  for (ValueId value = 0; value < program_.values.size(); ++value) {
    if (program_.values[value].source != ValueSource::dim_size) continue;
    const auto size = static_cast<const DimSize*>(program_.values[value].leaf)->dim().value(sizes_);
    const auto array = Array(size).cast(program_.values[value].dtype);
    std::memcpy(binding_.constants_.data() + locations_[value].offset, array.bytes().data(), array.bytes().size());
  }
}

void BindingBuilder::run_prologue() {
  bind_phase(plan_.prologue, binding_.prologue_);
  binding_.run_task({&binding_.prologue_, 0, 1});
}

void BindingBuilder::place_arena() {
  std::vector<ValueId> values;
  std::vector<std::uint32_t> born(program_.values.size());
  for (std::uint32_t level = 0; level < plan_.levels.size(); ++level) {
    for (const auto& phase : plan_.levels[level]) {
      for (const auto& step : phase.steps) {
        for (auto id : step.instructions) {
          for (auto output : program_.instructions[id].outputs) {
            if (plan_.placements[output] != Placement::in_arena) continue;
            values.push_back(output);
            born[output] = level;
          }
        }
      }
    }
  }
  const auto place = [&](ValueId value, std::size_t offset) {
    locations_[value] = {arena_stretch, static_cast<std::int64_t>(offset), 0};
  };
  // The largest are placed together, all others, which add little, level by level.
  std::stable_sort(values.begin(), values.end(), [&](ValueId a, ValueId b) { return bytes(a) > bytes(b); });
  const auto large = std::min(values.size(), most_placed_together);
  std::vector<Lifetime> lifetimes;
  for (auto value : std::span(values).first(large)) {
    lifetimes.push_back({bytes(value), born[value], plan_.last_level[value]});
  }
  std::vector<std::size_t> offsets(large);
  const auto large_bytes = place_by_lifetime(lifetimes, offsets);
  for (std::size_t index = 0; index < large; ++index) place(values[index], offsets[index]);

  const std::span<ValueId> small = std::span(values).subspan(large);
  std::stable_sort(small.begin(), small.end(), [&](ValueId a, ValueId b) { return born[a] < born[b]; });
  std::vector<std::vector<ValueId>> dead(plan_.levels.size() + 1);
  for (auto value : small) dead[plan_.last_level[value]].push_back(value);
  OffsetAllocator allocator;
  for (std::uint32_t level = 0, next = 0; level < plan_.levels.size(); ++level) {
    for (; next < small.size() && born[small[next]] == level; ++next) {
      place(small[next], large_bytes + allocator.allocate(bytes(small[next])));
    }
    for (auto value : dead[level]) {
      allocator.release(static_cast<std::size_t>(locations_[value].offset) - large_bytes, bytes(value));
    }
  }
  binding_.arena_ = allocate(large_bytes + allocator.size(), "intermediate results", binding_.argument_shapes_);
  binding_.stretches_[arena_stretch] = binding_.arena_.data();
}

void BindingBuilder::find_stored_parameters() {
  for (const auto& instruction : program_.instructions) {
    if (instruction.kind != InstructionKind::store) continue;
    binding_.stored_.push_back(static_cast<const Parameter*>(program_.values[instruction.target].leaf));
  }
}

void BindingBuilder::bind_outputs() {
  for (auto output : program_.outputs) {
    binding_.output_shapes_.push_back(extents(output));
    binding_.output_locations_.push_back(locate(output, Op::whole));
  }
}

Binding::BoundLevel BindingBuilder::bind_level(std::uint32_t level) {
  Binding::BoundLevel bound;
  const auto& phases = plan_.levels[level];
  bound.phases.resize(phases.size());
  for (std::size_t index = 0; index < phases.size(); ++index) {
    auto& phase = bound.phases[index];
    bind_phase(phases[index], phase);
    for (std::int64_t row = 0; row < phase.rows; row += phase.block_rows) {
      bound.tasks.push_back({&phase, row, std::min(row + phase.block_rows, phase.rows)});
    }
  }
  share_level(level, bound);
  return bound;
}

void BindingBuilder::bind_phase(const PhasePlan& phase, BoundPhase& bound) {
  bound.plan = &phase;
  if (phase.kept_of) bound.kept_of = static_cast<const Parameter*>(program_.values[*phase.kept_of].leaf);
  bound.rows = phase.rows ? phase.rows->value(sizes_) : 1;
  for (const auto& step : phase.steps) {
    for (auto id : step.instructions) bound.cost += cost(program_.instructions[id]);
  }
  bound.block_rows = phase.rows ? choose_block_rows(phase, bound) : 1;
  place_phase_values(phase, bound);
  std::size_t step_bytes = 0;
  for (const auto& step : phase.steps) {
    if (step.is_fused) {
      auto tiles = bind_tiles(step, phase, bound);
      if (&phase != &plan_.prologue) {
        kept_left_ -= tiles.keep_constants(binding_.stretches_, is_constant_, kept_left_);
      }
      step_bytes = std::max(step_bytes, tiles.scratch_bytes());
      bound.steps.emplace_back(std::move(tiles));
    } else {
      auto kernel = bind_kernel(step.instructions[0], bound);
      step_bytes = std::max(step_bytes, (kernel.inputs.size() + kernel.outputs.size()) * sizeof(ArrayView));
      bound.steps.emplace_back(std::move(kernel));
    }
  }
  bound.scratch_bytes = bound.values_bytes + aligned_size(step_bytes);
}

double BindingBuilder::cost(const Instruction& instruction) {
  const auto count = static_cast<double>(elements(instruction.result()));
  if (!instruction.op || instruction.kind == InstructionKind::copy) return count;
  // Assigned to, not made anew: most have the ranks of those before.
  const auto inputs = instruction.inputs.size();
  if (cost_extents_.size() < inputs) cost_extents_.resize(inputs);
  for (std::size_t index = 0; index < inputs; ++index) cost_extents_[index] = extents(instruction.inputs[index]);
  return count * instruction.op->cost(std::span(cost_extents_).first(inputs));
}

// A function of shapes alone, so that a call does the same work on any number of threads. No bit of a result depends on
// it.
std::int64_t BindingBuilder::choose_block_rows(const PhasePlan& phase, const BoundPhase& bound) const {
  if (bound.rows == 0) return 1;
  const double row_cost = std::max(bound.cost / static_cast<double>(bound.rows), 1.0);
  std::int64_t row_total = 0;
  std::int64_t least = 1;
  std::int64_t formula_elements = 0;
  for (const auto& step : phase.steps) {
    for (auto id : step.instructions) {
      const Op* op = program_.instructions[id].op;
      if (step.is_fused) formula_elements = std::max(formula_elements, elements(program_.instructions[id].result()));
      if (dynamic_cast<const LongRows*>(op)) return 1;
      if (op) least = std::max(least, op->least_block_rows());
      for (auto output : program_.instructions[id].outputs) {
        if (plan_.placements[output] == Placement::in_phase) row_total += row_bytes(output);
      }
    }
  }
  if (formula_elements > 0) least = std::max(least, fewest_elements * bound.rows / formula_elements);
  const auto rows_of_cost = [&](double cost) { return static_cast<std::int64_t>(std::ceil(cost / row_cost)); };
  auto wanted = rows_of_cost(task_cost);
  if (row_total > 0) {
    const auto by_first_level = std::max(first_level_bytes / row_total, rows_of_cost(least_block_cost));
    wanted = std::min({wanted, by_first_level, std::max<std::int64_t>(cache_bytes / row_total, 1)});
  }
  if (row_cost * static_cast<double>(least) > 4 * task_cost) {
    least = std::min(least, std::max(fewest_rows, (bound.rows + 1) / 2));
  }
  wanted = std::max(wanted, least);
  // Equal blocks, and an even number of them: a small last one would leave threads waiting.
  const auto least_blocks = (bound.rows + wanted - 1) / wanted;
  const auto blocks = least_blocks + (least_blocks > 1 ? least_blocks % 2 : 0);
  const auto rows = (bound.rows + blocks - 1) / blocks;
  const auto rounding = std::min(least, row_rounding);
  return std::min((rows + rounding - 1) / rounding * rounding, bound.rows);
}

bool BindingBuilder::has_own_values(const PhasePlan& phase) const {
  return std::any_of(phase.steps.begin(), phase.steps.end(), [&](const Step& step) {
    return std::any_of(step.instructions.begin(), step.instructions.end(), [&](InstructionId id) {
      const auto& outputs = program_.instructions[id].outputs;
      return std::any_of(outputs.begin(), outputs.end(),
                         [&](ValueId output) { return plan_.placements[output] == Placement::in_phase; });
    });
  });
}

void BindingBuilder::place_phase_values(const PhasePlan& phase, BoundPhase& bound) {
  if (!has_own_values(phase)) return;
  // A value dies after the last step of the phase that reads it.
  for (std::uint32_t step = 0; step < phase.steps.size(); ++step) {
    for (auto id : phase.steps[step].instructions) {
      const auto& instruction = program_.instructions[id];
      for (auto input : instruction.inputs) {
        const auto root = program_.values[input].root;
        last_steps_[root] = step;
        const auto reader = root == input ? std::int64_t{id} : std::numeric_limits<std::int64_t>::max();
        last_readers_[root] = std::max(last_readers_[root], reader);
      }
      for (auto output : instruction.outputs) {
        last_steps_[output] = step;
        last_readers_[output] = unread;
      }
    }
  }
  // A formula writes an element after it has read those at the same place: it can write over an operand that nothing
  // reads afterwards.
  const auto takes_over = [&](ValueId output, ValueId input) {
    const auto reader = last_readers_[input];
    return reader != unread && reader <= program_.values[output].index &&
           program_.values[input].index < program_.values[output].index;
  };
  const auto size_and_shape = [&](ValueId value) {
    return std::pair(size_of(program_.values[value].dtype), program_.values[value].shape_id);
  };
  std::vector<std::vector<ValueId>> dead(phase.steps.size());
  OffsetAllocator allocator;
  const auto block_bytes = [&](ValueId value) {
    return phase.rows ? static_cast<std::size_t>(row_bytes(value) * bound.block_rows) : bytes(value);
  };
  // In the step, by what only values of the same can take over: mostly the first of many.
  std::map<std::pair<std::size_t, std::uint32_t>, std::deque<ValueId>> dying;
  for (std::size_t step = 0; step < phase.steps.size(); ++step) {
    dying.clear();
    for (auto value : dead[step]) dying[size_and_shape(value)].push_back(value);
    for (auto id : phase.steps[step].instructions) {
      const bool is_formula = program_.instructions[id].kind != InstructionKind::kernel;
      for (auto output : program_.instructions[id].outputs) {
        if (plan_.placements[output] != Placement::in_phase) continue;
        auto& alike = dying[size_and_shape(output)];
        const auto input =
            program_.passes.in_place && is_formula
                ? std::find_if(alike.begin(), alike.end(), [&](ValueId it) { return takes_over(output, it); })
                : alike.end();
        if (input != alike.end()) {
          locations_[output] = locations_[*input];
          alike.erase(input);
        } else {
          locations_[output] = {Location::scratch, static_cast<std::int64_t>(allocator.allocate(block_bytes(output))),
                                0};
        }
        if (last_steps_[output] == step) {
          alike.push_back(output);
        } else {
          dead[last_steps_[output]].push_back(output);
        }
      }
    }
    for (const auto& [kind, values] : dying) {
      for (auto value : values) {
        allocator.release(static_cast<std::size_t>(locations_[value].offset), block_bytes(value));
      }
    }
  }
  bound.values_bytes = allocator.size();
}

Location BindingBuilder::locate(ValueId value, int row_axis) const {
  Location location = locations_[program_.values[value].root];
  if (location.stretch != Location::scratch && row_axis != Op::whole) {
    const auto inner = std::span(extents(value)).subspan(static_cast<std::size_t>(row_axis) + 1);
    location.row_bytes = element_count(inner) * static_cast<std::int64_t>(size_of(program_.values[value].dtype));
  }
  return location;
}

Binding::Operand BindingBuilder::bind_operand(ValueId value, int row_axis, const BoundPhase& bound) const {
  Extents block = extents(value);
  const std::int64_t row_stride = block.empty() ? 1 : element_count(std::span(block).subspan(1));
  Extents last = block;
  if (row_axis != Op::whole) {
    const auto axis = static_cast<std::size_t>(row_axis);
    block[axis] = bound.block_rows;
    last[axis] = bound.rows % bound.block_rows;
  }
  return {locate(value, row_axis), program_.values[value].dtype, std::move(block), std::move(last), row_stride};
}

Binding::KernelStep BindingBuilder::bind_kernel(InstructionId id, const BoundPhase& bound) const {
  const auto& instruction = program_.instructions[id];
  const bool is_cut = bound.block_rows != bound.rows || bound.rows != 1;
  Binding::KernelStep step{instruction.op, {}, {}};
  for (std::size_t index = 0; index < instruction.inputs.size(); ++index) {
    step.inputs.push_back(
        bind_operand(instruction.inputs[index], is_cut ? plan_.row_axes[id][index] : Op::whole, bound));
  }
  for (auto output : instruction.outputs) step.outputs.push_back(bind_operand(output, is_cut ? 0 : Op::whole, bound));
  return step;
}

}  // namespace xgrad
