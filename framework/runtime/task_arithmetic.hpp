#pragma once

namespace xgrad {

/// While it lives, the calling thread computes with floating-point numbers as all tasks do, whatever the program has
/// set: it rounds to nearest, traps nothing, and treats numbers too small for full precision (denormals) as zero.
/// Processors handle those up to a hundred times slower, and running means that decay, such as those of optimizers, are
/// full of them. What was set before comes back.
class TaskArithmetic {
 public:
  TaskArithmetic();
  ~TaskArithmetic();
  TaskArithmetic(const TaskArithmetic&) = delete;
  TaskArithmetic& operator=(const TaskArithmetic&) = delete;

 private:
  unsigned before_;
};

}  // namespace xgrad
