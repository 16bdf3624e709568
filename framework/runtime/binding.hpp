#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/runtime/memory.hpp>
#include <xgrad/framework/runtime/plan.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/tile_program.hpp>

#include <span>
#include <variant>
#include <vector>

namespace xgrad {

/// A plan for given sizes of its symbols: blocks cut, memory given out, kernels bound to where they read and write.
class Binding {
 public:
  Binding(const Plan& plan, std::vector<Extents> argument_shapes, const Bindings& sizes);

  const std::vector<Extents>& argument_shapes() const { return argument_shapes_; }

  /// Runs everything once. Arguments have the shapes of the binding. Allocates nothing.
  void run(std::span<const ArrayRef> arguments);

  /// Where run leaves an output.
  const std::byte* output(std::size_t index) const;
  const Extents& output_shape(std::size_t index) const { return output_shapes_[index]; }

  /// How a phase is cut into blocks, and what it takes.
  struct Cut {
    std::int64_t rows;
    std::int64_t block_rows;
    double cost;  ///< of all rows, in additions
    std::size_t scratch_bytes;
  };
  Cut cut(std::size_t level, std::size_t phase) const;
  std::size_t arena_bytes() const { return arena_.size(); }
  const Bindings& sizes() const { return sizes_; }

  /// Tasks of a level that can run at the same time.
  std::size_t tasks(std::size_t level) const { return levels_[level].tasks.size(); }

  /// Whether threads share them, which they do when there is enough to do.
  bool is_shared(std::size_t level) const { return !levels_[level].shares.empty(); }

 private:
  friend class BindingBuilder;

  struct Operand {
    Location location;
    DType dtype;
    Extents block_shape;  // of a full block
    Extents last_shape;   // of the last, smaller block
    std::int64_t row_stride;
  };
  struct KernelStep {
    const Op* op;
    std::vector<Operand> inputs;
    std::vector<Operand> outputs;
  };
  using BoundStep = std::variant<KernelStep, TileProgram>;
  struct BoundPhase {
    const PhasePlan* plan = nullptr;
    std::int64_t rows = 1;
    std::int64_t block_rows = 1;
    double cost = 0;                // of all rows, in additions
    std::size_t values_bytes = 0;   // of thread scratch, for values of the phase
    std::size_t scratch_bytes = 0;  // of thread scratch, in all
    std::vector<BoundStep> steps;
    const Parameter* kept_of = nullptr;  // when what the phase makes is kept as long as the parameter holds the same
    std::uint64_t kept_version = 0;      // of the parameter, when it was made last
    bool is_current = false;             // nothing to do in this call
  };
  struct Task {
    const BoundPhase* phase;
    std::int64_t first_row;
    std::int64_t last_row;
  };
  struct BoundLevel {
    std::vector<BoundPhase> phases;
    std::vector<Task> tasks;
    bool is_current = false;          // nothing to do in this call
    std::vector<std::size_t> shares;  // where those tasks begin that a thread takes at once, and the end; or not shared
  };

  void find_current_phases();
  void run_levels() const;
  void run_task(const Task& task) const;
  void run_step(const BoundStep& step, const Task& task, std::byte* values) const;
  void run_kernel(const KernelStep& step, const Task& task, std::byte* values, std::byte* scratch) const;
  Profiler::Kernel describe(const Task& task, std::size_t step) const;

  const Plan& plan_;
  Bindings sizes_;
  std::uint64_t id_;  // never given twice
  std::vector<Extents> argument_shapes_;
  std::vector<Extents> output_shapes_;
  std::vector<Location> output_locations_;
  std::vector<std::uint32_t> argument_stretches_;
  std::vector<std::byte*> stretches_;  // base addresses that locations refer to
  AlignedMemory arena_;
  AlignedMemory constants_;  // what the prologue made, and what is kept
  std::vector<const Parameter*> stored_;
  BoundPhase prologue_;
  std::vector<BoundLevel> levels_;
  std::vector<BoundLevel*> kept_levels_;  // in which a phase may have nothing to do
  bool is_shared_ = false;                // a level among threads
  std::size_t scratch_bytes_ = 0;         // of a task, at most
  bool has_run_ = false;                  // a call came to its end, so memory of threads has its size
};

}  // namespace xgrad
