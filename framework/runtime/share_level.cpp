#include <xgrad/framework/runtime/binding_builder.hpp>

#include <algorithm>

namespace xgrad {
namespace {

// Work, in additions, that other threads must be able to take off the caller before a level is shared: about fifteen
// microseconds, because a join takes half a microsecond at best, and what the threads write and read moves
// between their caches, which eats up most of what less work would gain.
constexpr double worth_a_thread = 1.5 * (1 << 18);

// A byte that is written to memory costs about as much as an addition in cache.
constexpr double byte_cost = 1;

// Tasks that take less than about two microseconds are taken together.
constexpr double least_share = 1 << 16;

}  // namespace

// What is too small is not shared. Nothing that the level computes depends on this.
void BindingBuilder::share_level(std::uint32_t level, Binding::BoundLevel& bound) const {
  auto& tasks = bound.tasks;
  if (tasks.size() < 2) return;
  const auto cost = [](const Binding::Task& task) {
    return task.phase->cost * static_cast<double>(task.last_row - task.first_row) /
           static_cast<double>(task.phase->rows);
  };
  double work = bytes_written(level) * byte_cost;
  for (const auto& task : tasks) work += cost(task);
  // The largest first, so that the last ones, which the others wait for, are small.
  std::vector<Binding::Task> sorted = tasks;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const auto& left, const auto& right) { return cost(left) > cost(right); });
  std::vector<std::size_t> shares;
  double share = least_share;
  for (std::size_t index = 0; index < sorted.size(); ++index) {
    if (share >= least_share) {
      shares.push_back(index);
      share = 0;
    }
    share += cost(sorted[index]);
  }
  shares.push_back(sorted.size());
  const double taken_off = work - std::max(cost(sorted[0]), work / 2);
  if (shares.size() <= 2 || taken_off <= worth_a_thread) return;
  tasks = std::move(sorted);
  bound.shares = std::move(shares);
}

double BindingBuilder::bytes_written(std::uint32_t level) const {
  std::size_t sum = 0;
  for (const auto& phase : plan_.levels[level]) {
    for (const auto& step : phase.steps) {
      for (auto id : step.instructions) {
        const auto& instruction = program_.instructions[id];
        if (instruction.kind == InstructionKind::store) sum += bytes(instruction.target);
        for (auto output : instruction.outputs) {
          if (plan_.placements[output] == Placement::in_arena) sum += bytes(output);
        }
      }
    }
  }
  return static_cast<double>(sum);
}

}  // namespace xgrad
