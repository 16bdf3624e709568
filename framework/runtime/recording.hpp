#pragma once

#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

namespace xgrad {

/// What a Profiler keeps. Threads write to lists of their own; only the first event of a thread takes a lock.
class Recording {
 public:
  using Clock = std::chrono::steady_clock;

  /// Names the code of an event: a step of a binding, on a full or on the last block.
  using Key = std::tuple<std::uint64_t, const void*, bool>;

  struct Event {
    std::uint32_t kernel;  // of the thread's list
    Clock::time_point start;
    Clock::time_point end;
  };

  /// The events of one thread. Totals go on when the events become too many to keep.
  struct Thread {
    std::map<Key, std::uint32_t> known;
    std::vector<Profiler::Kernel> kernels;
    std::vector<Event> events;
  };

  Recording();
  ~Recording();

  /// The one that is recording, or null.
  static Recording* active() { return active_.load(std::memory_order_acquire); }

  /// Adds a run. `describe` gives name, shape and operations of one call when the key is new. A run for which there is
  /// no memory is left out: what is recorded goes on.
  void add(const Key& key, Clock::time_point start, Clock::time_point end,
           FunctionRef<Profiler::Kernel()> describe) noexcept;

  const std::vector<std::unique_ptr<Thread>>& threads() const { return threads_; }
  Clock::time_point start() const { return start_; }

 private:
  void add_to(Thread& thread, const Key& key, Clock::time_point start, Clock::time_point end,
              FunctionRef<Profiler::Kernel()> describe);
  Thread& this_thread();

  static std::atomic<Recording*> active_;

  std::uint64_t id_;  // tells recordings apart that follow each other at one address
  Clock::time_point start_ = Clock::now();
  std::mutex mutex_;
  std::vector<std::unique_ptr<Thread>> threads_;
  std::atomic<std::size_t> events_{0};
};

}  // namespace xgrad
