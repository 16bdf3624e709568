#pragma once

#include <xgrad/framework/runtime/worker.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>

namespace xgrad {

/// Threads that work on one job after the other. Between jobs they wait awake for a moment, because the next one, the
/// next level of a step or the next step, usually follows within microseconds, and waking a thread takes longer than
/// that. The threads come from outside: each calls `help`. Whoever is there takes tasks; nobody has to be.
class Crew {
 public:
  /// `patience`: how many times to look for the next job before leaving.
  explicit Crew(int patience) : patience_(patience) {}

  /// Calls `body` with every index below `count`, on the calling thread and on those that help, and returns when all
  /// are done. Rethrows what a body throws. One caller at a time.
  void run(std::size_t count, FunctionRef<void(std::size_t)> body);

  /// Takes part in jobs until none has come for a while or the crew is dismissed.
  void help();

  /// Sends all helpers away.
  void dismiss() { is_dismissed_.store(true, std::memory_order_relaxed); }

 private:
  using Body = FunctionRef<void(std::size_t)>;

  struct Job {
    std::atomic<const Body*> body{nullptr};
    std::atomic<std::uint32_t> count{0};
  };

  bool work(std::uint64_t& seen);
  void run_task(const Body& body, std::size_t index);

  const int patience_;
  std::atomic<bool> is_dismissed_{false};
  // The number of the job in the upper half, the next of its tasks in the lower. Whoever raises the lower half owns
  // that task, and the job's description stays until all its tasks are done.
  std::atomic<std::uint64_t> next_{0};
  Job jobs_[2];  // the current one and, still being read by late helpers, the one before
  alignas(64) std::atomic<std::size_t> done_{0};
  std::mutex error_mutex_;
  std::exception_ptr error_;
};

}  // namespace xgrad
