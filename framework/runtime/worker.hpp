#pragma once

#include <cstddef>

namespace xgrad {

/// A reference to a callable, for the time of a call: what std::function is, without its memory.
template <class Signature>
class FunctionRef;

template <class Result, class... Arguments>
class FunctionRef<Result(Arguments...)> {
 public:
  template <class Callable>
  FunctionRef(const Callable& callable)
      : object_(&callable), call_([](const void* object, Arguments... arguments) -> Result {
          return (*static_cast<const Callable*>(object))(arguments...);
        }) {}
  Result operator()(Arguments... arguments) const { return call_(object_, arguments...); }

 private:
  const void* object_;
  Result (*call_)(const void*, Arguments...);
};

/// Calls `body` with every index below `count`, in any order, on the threads that `set_threads` sized; returns when all
/// are done. Rethrows what a body throws. When another thread is at it, all calls happen on the calling thread.
void run_parallel(std::size_t count, FunctionRef<void(std::size_t)> body);

/// Memory of the calling thread, aligned to `memory_alignment`, kept and grown from call to call. Its content does not
/// last beyond the task.
std::byte* worker_scratch(std::size_t bytes);

}  // namespace xgrad
