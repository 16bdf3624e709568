#pragma once

#include <xgrad/framework/runtime/crew.hpp>

#include <cstddef>

namespace xgrad {

/// A call of a function whose tasks are worth sharing. While it lives the calling thread counts as one of those that
/// `set_threads` allows, and the others help it; when several threads call at once, they share the helpers. A call
/// within a task is a call like any other.
class ParallelCall {
 public:
  ParallelCall();

  /// Calls `body` with every index below `count`, in any order, on the threads that there are, helpers only if they
  /// have so much scratch memory; returns when all are done. Rethrows what a body throws.
  void run(std::size_t count, FunctionRef<void(std::size_t)> body, std::size_t scratch_bytes = 0);

 private:
  Crew::Caller caller_;
};

}  // namespace xgrad
