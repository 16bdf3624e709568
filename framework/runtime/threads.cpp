#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/crew.hpp>
#include <xgrad/framework/runtime/memory.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>

namespace xgrad {
namespace {

/// The threads that run tasks: the caller and workers of TBB, which come to help when they are called and stay for as
/// long as there is something to do. The arena bounds their number, the global control lets it be more than there are
/// cores.
class Pool {
 public:
  explicit Pool(int threads)
      : count_(threads),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
        arena_(threads),
        crew_(std::make_shared<Helpers>(threads > tbb::info::default_concurrency() ? 1 : patience)) {}
  ~Pool() { crew_->crew.dismiss(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int count() const { return count_; }

  void run(std::size_t count, FunctionRef<void(std::size_t)> body) {
    if (count_ == 1 || count == 1 || is_busy_.exchange(true, std::memory_order_acquire)) {
      for (std::size_t index = 0; index < count; ++index) body(index);
      return;
    }
    const auto wanted = static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(count_), count)) - 1;
    while (crew_->present.load(std::memory_order_relaxed) < wanted) {
      crew_->present.fetch_add(1, std::memory_order_relaxed);
      arena_.enqueue([helpers = crew_] {
        helpers->crew.help();
        helpers->present.fetch_sub(1, std::memory_order_relaxed);
      });
    }
    struct Free {
      std::atomic<bool>& is_busy;
      ~Free() { is_busy.store(false, std::memory_order_release); }
    } free{is_busy_};
    crew_->crew.run(count, body);
  }

 private:
  /// Shared with the helpers, which may still be on their way out when the pool goes.
  struct Helpers {
    explicit Helpers(int patience) : crew(patience) {}
    Crew crew;
    std::atomic<int> present{0};
  };

  // About a tenth of a millisecond.
  static constexpr int patience = 2000;

  int count_;
  tbb::global_control limit_;
  tbb::task_arena arena_;
  std::shared_ptr<Helpers> crew_;
  std::atomic<bool> is_busy_{false};
};

std::unique_ptr<Pool>& pool() {
  static auto instance = std::make_unique<Pool>(tbb::info::default_concurrency());
  return instance;
}

}  // namespace

void set_threads(int count) {
  constexpr int most = 4096;
  if (count < 0 || count > most) {
    throw ValueError(fmt::format("set_threads: expected 0 (one for each core) to {}, but got {}", most, count));
  }
  const int wanted = count == 0 ? tbb::info::default_concurrency() : count;
  if (wanted != pool()->count()) pool() = std::make_unique<Pool>(wanted);
}

int threads() { return pool()->count(); }

void run_parallel(std::size_t count, FunctionRef<void(std::size_t)> body) { pool()->run(count, body); }

std::byte* worker_scratch(std::size_t bytes) {
  thread_local AlignedMemory memory;
  if (memory.size() < bytes || !memory.data()) memory = AlignedMemory(bytes);
  return memory.data();
}

}  // namespace xgrad
