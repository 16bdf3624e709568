#pragma once

#include <xgrad/framework/runtime/plan.hpp>

#include <string>

namespace xgrad {

/// What a step does at given sizes.
struct Work {
  double operations = 0;  ///< of floating-point numbers; a multiply-add counts as two
  double bytes = 0;       ///< read from and written to memory, each operand once
};

/// Of one step, for all rows.
Work work_of(const Plan& plan, const Step& step, const Bindings& sizes);

/// The operators of a step, in the order in which they run: "add relu".
std::string names_of(const Program& program, const Step& step);

}  // namespace xgrad
