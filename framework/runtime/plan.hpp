#pragma once

#include <xgrad/framework/runtime/fusion.hpp>
#include <xgrad/framework/runtime/program.hpp>
#include <xgrad/framework/runtime/schedule.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// How far a value travels, which decides the memory it gets.
enum class Placement : std::uint8_t {
  leaf,         ///< an argument, parameter or constant: read where it is
  in_register,  ///< made and read inside one fused step: a tile
  in_phase,     ///< made and read inside one phase: scratch of the thread, one block long
  in_arena,     ///< read by a later phase or by the caller
  at_binding,   ///< made once for each set of sizes
  kept,         ///< packed from a parameter that the function only reads: made again after the parameter has changed
};

struct PhasePlan {
  std::optional<Dim> rows;
  std::vector<Step> steps;
  std::optional<ValueId> kept_of{};  ///< the parameter, for a phase that only makes a value that is kept
};

/// Everything about a graph that does not depend on sizes: what runs in which order, and how far values travel.
struct Plan {
  Program program;
  RowAxes row_axes;
  PhasePlan prologue;
  std::vector<std::vector<PhasePlan>> levels;

  // By root value.
  std::vector<Placement> placements;
  std::vector<std::uint32_t> last_level;  ///< of values in the arena; levels.size() for outputs
};

Plan make_plan(Program program);

}  // namespace xgrad
