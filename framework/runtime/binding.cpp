#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/binding.hpp>
#include <xgrad/framework/runtime/binding_builder.hpp>
#include <xgrad/framework/runtime/parallel_call.hpp>
#include <xgrad/framework/runtime/recording.hpp>
#include <xgrad/framework/runtime/task_arithmetic.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/framework/runtime/work.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>

namespace xgrad {

namespace {

std::atomic<std::uint64_t> next_binding_id{0};

/// Copies of the parameters that a call updates, put back if it throws. Taken in the first call only, in which memory
/// may run out anywhere; later calls throw before they update anything.
class ParameterBackup {
 public:
  ParameterBackup(std::span<const Parameter* const> parameters, bool takes_copies) : parameters_(parameters) {
    if (!takes_copies) return;
    for (const auto* parameter : parameters) before_.push_back(parameter->value());
  }
  ~ParameterBackup() {
    for (std::size_t index = 0; index < before_.size(); ++index) {
      std::ranges::copy(before_[index].bytes(), parameters_[index]->value().bytes().begin());
    }
    for (const auto* parameter : parameters_) parameter->note_change();
  }
  ParameterBackup(const ParameterBackup&) = delete;
  ParameterBackup& operator=(const ParameterBackup&) = delete;

  /// The call has come to its end.
  void drop() { before_.clear(); }

 private:
  std::span<const Parameter* const> parameters_;
  std::vector<Array> before_;
};

}  // namespace

Binding::Binding(const Plan& plan, std::vector<Extents> argument_shapes, const Bindings& sizes)
    : plan_(plan), sizes_(sizes), id_(next_binding_id++), argument_shapes_(std::move(argument_shapes)) {
  BindingBuilder(plan, sizes, *this).build();
}

void Binding::run(std::span<const ArrayRef> arguments) {
  for (std::size_t index = 0; index < arguments.size(); ++index) {
    // Kernels only read arguments: stores go to parameters, and outputs to the arena.
    stretches_[argument_stretches_[index]] = const_cast<std::byte*>(arguments[index].data());
  }
  if (!prepare_thread(scratch_bytes_)) {
    throw MemoryError(
        fmt::format("Function: the tasks of a call take {:.4g} MB of scratch memory, which the system does "
                    "not give; call it with fewer rows at a time, such as smaller batches",
                    static_cast<double>(scratch_bytes_) / 1e6));
  }
  find_current_phases();
  ParameterBackup backup(stored_, !has_run_);
  run_levels();
  backup.drop();
  has_run_ = true;
}

void Binding::find_current_phases() {
  for (auto* level : kept_levels_) {
    level->is_current = true;
    for (auto& phase : level->phases) {
      const auto version =
          phase.kept_of ? phase.kept_of->version() + 1 : 0;  // not 0, which it is before the first call
      phase.is_current = version != 0 && version == phase.kept_version;
      phase.kept_version = version;
      level->is_current = level->is_current && phase.is_current;
    }
  }
}

const std::byte* Binding::output(std::size_t index) const {
  return output_locations_[index].address(stretches_, nullptr, 0);
}

Binding::Cut Binding::cut(std::size_t level, std::size_t phase) const {
  const auto& bound = levels_[level].phases[phase];
  return {bound.rows, bound.block_rows, bound.cost, bound.scratch_bytes};
}

void Binding::run_levels() const {
  const TaskArithmetic arithmetic;  // here for all tasks of this thread, which find it done
  std::optional<ParallelCall> call;
  if (is_shared_ && threads() > 1) call.emplace();
  for (const auto& level : levels_) {
    if (level.is_current) continue;
    const auto& shares = level.shares;
    if (call && !shares.empty()) {
      call->run(
          shares.size() - 1,
          [&](std::size_t share) {
            for (auto task = shares[share]; task < shares[share + 1]; ++task) run_task(level.tasks[task]);
          },
          scratch_bytes_);
    } else {
      for (const auto& task : level.tasks) run_task(task);
    }
  }
}

void Binding::run_task(const Task& task) const {
  const TaskArithmetic arithmetic;
  const auto& phase = *task.phase;
  if (phase.is_current) return;
  const WorkerScratch scratch(phase.scratch_bytes);
  std::byte* values = scratch.data();
  Recording* recording = Recording::active();
  if (!recording) {
    for (const auto& step : phase.steps) run_step(step, task, values);
    return;
  }
  const bool is_last = task.last_row - task.first_row != phase.block_rows;
  for (std::size_t index = 0; index < phase.steps.size(); ++index) {
    const auto start = Recording::Clock::now();
    run_step(phase.steps[index], task, values);
    const auto end = Recording::Clock::now();
    recording->add({id_, &phase.steps[index], is_last}, start, end, [&] { return describe(task, index); });
  }
}

void Binding::run_step(const BoundStep& step, const Task& task, std::byte* values) const {
  std::byte* scratch = values + task.phase->values_bytes;
  if (const auto* kernel = std::get_if<KernelStep>(&step)) {
    run_kernel(*kernel, task, values, scratch);
  } else {
    std::get<TileProgram>(step).run(stretches_, values, scratch, task.first_row, task.last_row);
  }
}

Profiler::Kernel Binding::describe(const Task& task, std::size_t step) const {
  const auto& phase = *task.phase;
  const auto& plan = phase.plan->steps[step];
  const auto rows = task.last_row - task.first_row;
  Profiler::Kernel result{.name = names_of(plan_.program, plan), .shape = {}};
  result.operations = work_of(plan_, plan, sizes_).operations * static_cast<double>(rows) /
                      static_cast<double>(std::max<std::int64_t>(phase.rows, 1));
  const bool is_last = rows != phase.block_rows;
  if (const auto* kernel = std::get_if<KernelStep>(&phase.steps[step])) {
    const auto add = [&](const Operand& operand) {
      result.shape += to_string(is_last ? operand.last_shape : operand.block_shape) + ' ';
    };
    std::for_each(kernel->inputs.begin(), kernel->inputs.end(), add);
    result.shape += "-> ";
    std::for_each(kernel->outputs.begin(), kernel->outputs.end(), add);
    result.shape.pop_back();
  } else {
    Extents shape = std::get<TileProgram>(phase.steps[step]).shape();
    shape[0] = rows;
    result.shape = to_string(shape);
  }
  return result;
}

void Binding::run_kernel(const KernelStep& step, const Task& task, std::byte* values, std::byte* scratch) const {
  auto* views = reinterpret_cast<ArrayView*>(scratch);
  const bool is_last = task.last_row - task.first_row != task.phase->block_rows;
  const auto make_views = [&](std::span<const Operand> operands) {
    const std::span<const ArrayView> made(views, operands.size());
    for (const auto& operand : operands) {
      std::construct_at(views++, operand.location.address(stretches_, values, task.first_row), operand.dtype,
                        is_last ? operand.last_shape : operand.block_shape, operand.row_stride);
    }
    return made;
  };
  const auto inputs = make_views(step.inputs);
  const auto outputs = make_views(step.outputs);
  step.op->forward({inputs, outputs, task.first_row});
}

}  // namespace xgrad
