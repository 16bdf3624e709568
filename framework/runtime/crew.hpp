#pragma once

#include <xgrad/framework/runtime/worker.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>

namespace xgrad {

/// Threads that help callers with their tasks. Between jobs they wait awake for a moment, because the next one, the
/// next level of a step or the next step, usually follows within microseconds, and waking a thread takes longer than
/// that. The threads come from outside: each calls `help`. Whoever is there takes tasks; nobody has to be, so that no
/// caller ever waits for the job of another. Helpers divide themselves evenly among the callers.
class Crew {
 private:
  struct Desk;

 public:
  /// `threads`: how many may be at work, callers included. `patience`: how many times a helper looks for a task before
  /// it leaves.
  Crew(int threads, int patience) : threads_(threads), patience_(patience) {}
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// From now on. Helpers that are too many finish their task and leave.
  void resize(int threads, int patience);

  int threads() const { return threads_.load(std::memory_order_relaxed); }

  /// A thread that has jobs to do, one after the other. While it lives it counts as one of the threads at work.
  class Caller {
   public:
    explicit Caller(Crew& crew) : desk_(crew.claim_desk()) {}
    ~Caller();
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;

    /// Calls `body` with every index below `count`, on the calling thread and on those that help, and returns when all
    /// are done. Rethrows what a body throws. A body may be a caller itself. A thread helps only if it has, or gets, so
    /// much scratch memory.
    void run(std::size_t count, FunctionRef<void(std::size_t)> body, std::size_t scratch_bytes = 0);

   private:
    Desk& desk_;
  };

  /// How many callers there are.
  int callers() const;

  /// Takes part in jobs until none has come for a while or the crew is dismissed.
  void help();

  /// Sends all helpers away.
  void dismiss() { is_dismissed_.store(true, std::memory_order_relaxed); }

 private:
  using Body = FunctionRef<void(std::size_t)>;

  struct Job {
    std::atomic<const Body*> body{nullptr};
    std::atomic<std::uint32_t> count{0};
    std::atomic<std::size_t> scratch_bytes{0};
  };

  enum class Role { caller, helper };

  /// Where the jobs of one caller lie, and after it those of another. What helpers look at while they wait has a cache
  /// line of its own.
  struct Desk {
    // The number of the job in the upper half, the next of its tasks in the lower. Whoever raises the lower half owns
    // that task, and the job's description stays until all its tasks are done.
    alignas(64) std::atomic<std::uint64_t> next{0};
    Job jobs[2];  // the current one and, still being read by late helpers, the one before
    Desk* other = nullptr;
    std::atomic<int> helpers{0};  // that came here last
    alignas(64) std::atomic<std::size_t> done{0};
    std::atomic<bool> is_taken{true};
    std::mutex error_mutex;
    std::exception_ptr error;

    bool has_task() const;
    bool work(Role role);
    void run_task(const Body& body, std::size_t index);
  };

  Desk& claim_desk();
  Desk* choose_desk(const Desk* own) const;

  std::atomic<int> threads_;
  std::atomic<int> patience_;
  std::atomic<bool> is_dismissed_{false};
  std::atomic<Desk*> desks_{nullptr};  // as many as there were callers at one time; none goes before the crew does
};

}  // namespace xgrad
