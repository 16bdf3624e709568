#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/parallel_call.hpp>
#include <xgrad/framework/runtime/threads.hpp>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

namespace xgrad {
namespace {

/// Brings workers of TBB to the crew when they are called; they stay for as long as there is something to do. The
/// arena bounds their number, the global control lets it be more than there are cores.
class Pool {
 public:
  Pool() : helpers_(std::make_shared<Helpers>()) { resize(tbb::info::default_concurrency()); }
  ~Pool() { helpers_->crew.dismiss(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  Crew& crew() { return helpers_->crew; }

  // Those who are at work finish what they do as members of the old arena.
  void resize(int threads) {
    const std::lock_guard lock(mutex_);
    if (threads == crew().threads()) return;
    limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    arena_.emplace(threads);
    crew().resize(threads, threads > tbb::info::default_concurrency() ? 1 : patience);
  }

  // Sees to it that there are as many helpers as callers with `count` tasks each can use.
  void call_helpers(std::size_t count) {
    const int callers = crew().callers();
    const auto useful = static_cast<int>(std::min<std::size_t>(count - 1, most_threads)) * callers;
    const int wanted = std::min(crew().threads() - callers, useful);
    for (int present = helpers_->present.load(std::memory_order_relaxed); present < wanted;) {
      if (helpers_->present.compare_exchange_weak(present, present + 1, std::memory_order_relaxed)) enqueue_helper();
    }
  }

  static constexpr int most_threads = 4096;

 private:
  /// Shared with the helpers, which may still be on their way out when the pool goes.
  struct Helpers {
    Crew crew{0, 0};
    std::atomic<int> present{0};
  };

  void enqueue_helper() {
    const std::lock_guard lock(mutex_);
    arena_->enqueue([helpers = helpers_] {
      helpers->crew.help();
      helpers->present.fetch_sub(1, std::memory_order_relaxed);
    });
  }

  // About a tenth of a millisecond.
  static constexpr int patience = 2000;

  std::mutex mutex_;  // of what follows: taken only to call a helper, and to change the number of threads
  std::optional<tbb::global_control> limit_;
  std::optional<tbb::task_arena> arena_;
  std::shared_ptr<Helpers> helpers_;
};

Pool& pool() {
  static Pool instance;
  return instance;
}

}  // namespace

void set_threads(int count) {
  if (count < 0 || count > Pool::most_threads) {
    throw ValueError(
        fmt::format("set_threads: expected 0 (one for each core) to {}, but got {}", Pool::most_threads, count));
  }
  pool().resize(count == 0 ? tbb::info::default_concurrency() : count);
}

int threads() { return pool().crew().threads(); }

ParallelCall::ParallelCall() : caller_(pool().crew()) {}

void ParallelCall::run(std::size_t count, FunctionRef<void(std::size_t)> body) {
  if (count > 1) pool().call_helpers(count);
  caller_.run(count, body);
}

}  // namespace xgrad
