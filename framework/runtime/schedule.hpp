#pragma once

#include <xgrad/framework/runtime/program.hpp>

#include <optional>
#include <vector>

namespace xgrad {

/// Instructions that run one after the other on the same rows: cut into blocks of rows, each block passes through all
/// of them while it is in cache. Without rows the phase is one block.
struct Phase {
  std::optional<Dim> rows;
  std::vector<InstructionId> instructions;  ///< in the program's order
};

/// Phases that do not depend on each other: their blocks run in any order, and all end before the next level begins.
using Level = std::vector<Phase>;

/// When everything runs. One level needs one join of the threads.
struct Schedule {
  Phase prologue;  ///< what depends on sizes alone: runs once, when a function is bound to its arguments' sizes
  std::vector<Level> levels;
  std::vector<std::vector<int>>
      row_axes;  ///< for each instruction the axis along which each input is cut, or Op::whole
};

/// The earliest level for every instruction, except that cheap formulas wait for their readers to save a trip through
/// memory.
Schedule make_schedule(const Program& program);

}  // namespace xgrad
