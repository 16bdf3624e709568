#pragma once

#include <xgrad/framework/runtime/program.hpp>
#include <xgrad/framework/runtime/schedule.hpp>

#include <vector>

namespace xgrad {

/// A part of a phase that runs as one: either a single kernel, or formulas, copies and stores over the same elements,
/// and kernels that end such a chain by making something of each row, which are evaluated together so that what passes
/// between them stays in cache.
struct Step {
  bool is_fused = false;
  std::vector<InstructionId> instructions;
};

/// Divides the instructions of a phase into steps, in an order in which they can run.
std::vector<Step> fuse(const Program& program, const Phase& phase);

}  // namespace xgrad
