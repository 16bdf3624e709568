#include <xgrad/framework/runtime/crew.hpp>

#include <thread>
#include <utility>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace xgrad {
namespace {

constexpr int job_bits = 32;

std::uint32_t task_of(std::uint64_t state) { return static_cast<std::uint32_t>(state); }
std::uint64_t job_of(std::uint64_t state) { return state >> job_bits; }

/// Waits a few nanoseconds; every now and then lets another thread of the machine run.
void pause(int round) {
  constexpr int rounds_awake = 64;
  if (round % rounds_awake == rounds_awake - 1) {
    std::this_thread::yield();
    return;
  }
#if defined(__SSE2__)
  _mm_pause();
#endif
}

}  // namespace

void Crew::run(std::size_t count, FunctionRef<void(std::size_t)> body) {
  const auto job = job_of(next_.load(std::memory_order_relaxed)) + 1;
  jobs_[job % 2].body.store(&body, std::memory_order_relaxed);
  jobs_[job % 2].count.store(static_cast<std::uint32_t>(count), std::memory_order_relaxed);
  done_.store(0, std::memory_order_relaxed);
  next_.store(job << job_bits, std::memory_order_release);
  auto seen = job << job_bits;
  while (work(seen)) {
  }
  for (int round = 0; done_.load(std::memory_order_acquire) < count; ++round) pause(round);
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Crew::help() {
  auto seen = next_.load(std::memory_order_acquire);
  for (int idle = 0; idle < patience_ && !is_dismissed_.load(std::memory_order_relaxed); ++idle) {
    if (work(seen)) {
      idle = 0;
    } else {
      pause(idle);
      seen = next_.load(std::memory_order_acquire);
    }
  }
}

// Does one task; false when none is left. `seen` is what was last read of next_.
bool Crew::work(std::uint64_t& seen) {
  for (;;) {
    // When `seen` is out of date these may belong to a later job; then the exchange fails.
    const Job& job = jobs_[job_of(seen) % 2];
    const Body* body = job.body.load(std::memory_order_relaxed);
    if (task_of(seen) >= job.count.load(std::memory_order_relaxed)) return false;
    if (next_.compare_exchange_weak(seen, seen + 1, std::memory_order_acq_rel, std::memory_order_acquire)) {
      run_task(*body, task_of(seen));
      ++seen;
      return true;
    }
  }
}

void Crew::run_task(const Body& body, std::size_t index) {
  try {
    body(index);
  } catch (...) {
    const std::lock_guard lock(error_mutex_);
    if (!error_) error_ = std::current_exception();
  }
  done_.fetch_add(1, std::memory_order_acq_rel);
}

}  // namespace xgrad
