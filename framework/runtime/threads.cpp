#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/core_count.hpp>
#include <xgrad/framework/runtime/enqueue.hpp>
#include <xgrad/framework/runtime/parallel_call.hpp>
#include <xgrad/framework/runtime/threads.hpp>

#include <fmt/format.h>
#include <pthread.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

// The library of TBB is not built for ThreadSanitizer, which therefore does not see that a task is handed over.
#if defined(__SANITIZE_THREAD__)
#define XGRAD_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define XGRAD_TSAN 1
#endif
#endif
#if XGRAD_TSAN
extern "C" void __tsan_acquire(void*);
extern "C" void __tsan_release(void*);
#endif

namespace xgrad {
namespace {

[[maybe_unused]] char handed_over;  // an address that stands for all that one thread tells another through TBB

void before_hand_over() {
#if XGRAD_TSAN
  __tsan_release(&handed_over);
#endif
}
void after_hand_over() {
#if XGRAD_TSAN
  __tsan_acquire(&handed_over);
#endif
}

/// Brings workers of TBB to the crew when they are called; they stay for as long as there is something to do. The
/// arena bounds their number, the global control lets it be more than there are cores. It is never destroyed, because
/// threads of the program may still call functions while the program ends; from then on they get no help.
class Pool {
 public:
  Pool() { resize(core_count()); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  Crew& crew() { return crew_; }

  // Those who are at work finish what they do as members of the old arena.
  void resize(int threads) {
    if (is_closed_) return;  // before the lock, which nobody may release after a fork
    const std::lock_guard lock(mutex_);
    if (is_closed_ || threads == crew_.threads()) return;
    limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    arena_.emplace(threads);
    crew_.resize(threads, threads > core_count() ? 1 : patience);
  }

  // Sees to it that there are as many helpers as callers with `count` tasks each can use.
  void call_helpers(std::size_t count) {
    const int callers = crew_.callers();
    const auto useful = static_cast<int>(std::min<std::size_t>(count - 1, most_threads)) * callers;
    const int wanted = std::min(crew_.threads() - callers, useful);
    for (int present = present_.load(std::memory_order_relaxed); present < wanted;) {
      if (present_.compare_exchange_weak(present, present + 1, std::memory_order_relaxed) && !enqueue_helper()) return;
    }
  }

  // TBB goes away when the program ends: nobody must call it any more.
  void close() {
    const std::lock_guard lock(mutex_);
    if (is_closed_.exchange(true)) return;
    crew_.dismiss();
    arena_.reset();
    limit_.reset();
  }

  // The child of a fork has none of the threads, and whoever held the lock is not there to release it.
  void abandon() { is_closed_ = true; }

  static constexpr int most_threads = 4096;

 private:
  using Clock = std::chrono::steady_clock;

  // False when no thread can be had, which is no error: callers do without.
  bool enqueue_helper() {
    if (ask_for_helper()) return true;
    present_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }

  static void help();

  bool ask_for_helper() {
    if (is_closed_) return false;
    const std::lock_guard lock(mutex_);
    if (is_closed_ || (last_failure_ && Clock::now() - *last_failure_ < time_after_failure)) return false;
    try {
      before_hand_over();
      // TBB never tries again to start a worker that it could not start once.
      if (has_tbb_failed_) {
        std::thread(help).detach();
      } else {
        enqueue(*arena_, help);
      }
      last_failure_.reset();
      return true;
    } catch (...) {  // of whatever type: the system has no thread, or no memory for it
      has_tbb_failed_ = true;
      last_failure_ = Clock::now();
      return false;
    }
  }

  // About a tenth of a millisecond.
  static constexpr int patience = 2000;

  static constexpr std::chrono::milliseconds time_after_failure{10};

  std::mutex mutex_;  // of what follows: taken only to call a helper, and to change the number of threads
  std::optional<tbb::global_control> limit_;
  std::optional<tbb::task_arena> arena_;
  std::optional<Clock::time_point> last_failure_;
  bool has_tbb_failed_ = false;
  std::atomic<bool> is_closed_{false};

  Crew crew_{0, 0};
  std::atomic<int> present_{0};  // helpers that are there or on their way
};

Pool& pool() {
  static Pool* const instance = new Pool;
  static const struct AtExit {
    AtExit() {
      pthread_atfork(nullptr, nullptr, [] { instance->abandon(); });
    }
    ~AtExit() { instance->close(); }
  } at_exit;
  return *instance;
}

void Pool::help() {
  after_hand_over();
  pool().crew_.help();
  pool().present_.fetch_sub(1, std::memory_order_relaxed);
}

}  // namespace

void set_threads(int count) {
  if (count < 0 || count > Pool::most_threads) {
    throw ValueError(
        fmt::format("set_threads: expected 0 (one for each core) to {}, but got {}", Pool::most_threads, count));
  }
  pool().resize(count == 0 ? core_count() : count);
}

int threads() { return pool().crew().threads(); }

ParallelCall::ParallelCall() : caller_(pool().crew()) {}

void ParallelCall::run(std::size_t count, FunctionRef<void(std::size_t)> body, std::size_t scratch_bytes) {
  if (count > 1) pool().call_helpers(count);
  caller_.run(count, body, scratch_bytes);
}

}  // namespace xgrad
