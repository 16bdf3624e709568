#pragma once

#include <xgrad/framework/runtime/program.hpp>
#include <xgrad/framework/runtime/schedule.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// A part of a phase that runs as one: either a single kernel, or formulas, copies and stores over the same elements,
/// and kernels that end such a chain by making something of each row, which are evaluated together so that what passes
/// between them stays in cache.
struct Step {
  bool is_fused = false;
  std::vector<InstructionId> instructions;
};

/// Divides the instructions of phases into steps, in an order in which they can run.
///
/// It places instructions from the last to the first, each as late as its readers allow: a formula then stands in the
/// step that reads it, and not in one before a kernel that lies between. Positions count steps from the end.
class Fusion {
 public:
  explicit Fusion(const Program& program);

  std::vector<Step> run(const Phase& phase);

 private:
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Read {
    std::uint32_t position;
    std::uint32_t space;        // that the reader goes through; none for a kernel by itself
    std::uint32_t value_space;  // of what is read, which may be a reshape of the value
    std::uint32_t next;         // of the same value, or none
  };

  bool has_formula(const Step& step) const;
  void place(InstructionId id, bool has_rows);
  std::uint32_t last_position(const Instruction& instruction, std::uint32_t space) const;
  void forget(const Phase& phase);

  const Program& program_;
  std::vector<Step> steps_;                       // of the phase, from the last
  std::vector<std::vector<std::uint32_t>> open_;  // by space: positions of fused steps over it
  std::vector<Read> reads_;                       // of the phase
  std::vector<std::uint32_t> last_read_;          // by root value: the head of its list in `reads_`, or none
  std::vector<std::uint32_t> stored_;             // by value: the step that overwrites a parameter, or none
};

}  // namespace xgrad
