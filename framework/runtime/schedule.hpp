#pragma once

#include <xgrad/framework/runtime/program.hpp>

#include <cstdint>
#include <optional>
#include <span>
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

/// For each instruction the axis along which each input is cut, or Op::whole.
class RowAxes {
 public:
  /// Room for the axes of the next instruction, to be written before the one after it is added.
  std::span<int> add(std::size_t inputs) {
    const auto first = axes_.size();
    axes_.resize(first + inputs);
    ends_.push_back(static_cast<std::uint32_t>(axes_.size()));
    return std::span(axes_).subspan(first);
  }

  const int* operator[](InstructionId id) const { return axes_.data() + (id == 0 ? 0 : ends_[id - 1]); }

 private:
  std::vector<int> axes_;
  std::vector<std::uint32_t> ends_;  // by instruction, in `axes_`
};

/// When everything runs. One level needs one join of the threads.
struct Schedule {
  Phase prologue;  ///< what depends on sizes alone: runs once, when a function is bound to its arguments' sizes
  std::vector<Level> levels;
  RowAxes row_axes;
};

/// The earliest level for every instruction, except that cheap formulas wait for their readers to save a trip through
/// memory.
Schedule make_schedule(const Program& program);

}  // namespace xgrad
