#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/memory.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <memory>

namespace xgrad {
namespace {

/// The threads that run tasks. The arena bounds a call, the global control lets it have more threads than cores.
struct Pool {
  explicit Pool(int threads)
      : count(threads),
        limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)),
        arena(threads) {}

  int count;
  tbb::global_control limit;
  tbb::task_arena arena;
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
  if (wanted != pool()->count) pool() = std::make_unique<Pool>(wanted);
}

int threads() { return pool()->count; }

void run_in_workers(FunctionRef<void()> work) {
  if (pool()->count == 1) {
    work();
  } else {
    pool()->arena.execute([&] { work(); });
  }
}

void run_parallel(std::size_t count, FunctionRef<void(std::size_t)> body) {
  if (pool()->count == 1) {
    for (std::size_t index = 0; index < count; ++index) body(index);
    return;
  }
  tbb::parallel_for(
      tbb::blocked_range<std::size_t>(0, count, 1),
      [&](const tbb::blocked_range<std::size_t>& range) {
        for (std::size_t index = range.begin(); index < range.end(); ++index) body(index);
      },
      tbb::simple_partitioner{});
}

std::byte* worker_scratch(std::size_t bytes) {
  thread_local AlignedMemory memory;
  if (memory.size() < bytes || !memory.data()) memory = AlignedMemory(bytes);
  return memory.data();
}

}  // namespace xgrad
