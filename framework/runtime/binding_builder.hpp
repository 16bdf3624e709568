#pragma once

#include <xgrad/framework/runtime/binding.hpp>

#include <unordered_map>

namespace xgrad {

/// Fills a Binding: sizes of everything, blocks, memory, then steps bound to it.
class BindingBuilder {
 public:
  BindingBuilder(const Plan& plan, const Bindings& sizes, Binding& binding);
  void build();

 private:
  using BoundPhase = Binding::BoundPhase;

  const Extents& extents(ValueId value) const { return extents_[program_.values[value].shape_id]; }
  std::int64_t elements(ValueId value) const { return elements_[program_.values[value].shape_id]; }
  std::size_t bytes(ValueId value) const;
  std::int64_t row_bytes(ValueId value) const;

  void place_leaves();
  void place_prologue_results();
  void run_prologue();
  void place_arena();
  void bind_outputs();
  void find_stored_parameters();
  Binding::BoundLevel bind_level(std::uint32_t level);
  void share_level(std::uint32_t level, Binding::BoundLevel& bound) const;
  double bytes_written(std::uint32_t level) const;

  void bind_phase(const PhasePlan& phase, BoundPhase& bound);
  double cost(const Instruction& instruction);
  std::int64_t choose_block_rows(const PhasePlan& phase, const BoundPhase& bound) const;
  void place_phase_values(const PhasePlan& phase, BoundPhase& bound);
  Binding::KernelStep bind_kernel(InstructionId id, const BoundPhase& bound) const;
  Binding::Operand bind_operand(ValueId value, int row_axis, const BoundPhase& bound) const;
  TileProgram bind_tiles(const Step& step, const PhasePlan& phase, const BoundPhase& bound);
  bool has_own_values(const PhasePlan& phase) const;

  /// The location of a value as a block sees it that is cut along `row_axis`.
  Location locate(ValueId value, int row_axis) const;

  const Plan& plan_;
  const Program& program_;
  const Bindings& sizes_;
  Binding& binding_;
  std::vector<Extents> extents_;        // by shape
  std::vector<std::int64_t> elements_;  // by shape
  std::vector<Location> locations_;     // by root value; row_bytes are set by locate

  // What is known of root values while a phase or step is bound, kept here because there may be many of both.
  static constexpr std::int64_t unread = -1;
  std::vector<std::uint32_t> last_steps_;   // of the phase, that read the value
  std::vector<std::int64_t> last_readers_;  // instructions; unread where there is none
  struct TileVariable {
    std::uint32_t step = 0;  // for which `variable` holds
    TileProgram::Variable variable = 0;
  };
  std::vector<TileVariable> tile_variables_;
  std::uint32_t tile_steps_ = 0;       // bound so far
  std::vector<Extents> cost_extents_;  // of the inputs of one instruction
  std::vector<bool> is_constant_;      // by stretch: holds the same in every call
  std::size_t kept_left_ = 1 << 20;    // bytes for tiles of constants
};

}  // namespace xgrad
