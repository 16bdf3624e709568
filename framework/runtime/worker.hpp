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

/// Memory of the calling thread for the time of a task, aligned to `memory_alignment`; kept and grown from task to
/// task. A task that is run within another one gets other memory.
class WorkerScratch {
 public:
  explicit WorkerScratch(std::size_t bytes);
  ~WorkerScratch();
  WorkerScratch(const WorkerScratch&) = delete;
  WorkerScratch& operator=(const WorkerScratch&) = delete;

  std::byte* data() const { return data_; }

 private:
  std::byte* data_;
};

/// Gives the calling thread the memory that tasks with so much scratch memory need, as far as it is known: a task must
/// not run out of memory when others of its call have updated parameters. False when there is not enough.
bool prepare_thread(std::size_t scratch_bytes) noexcept;

}  // namespace xgrad
