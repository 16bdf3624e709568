#include <xgrad/framework/runtime/crew.hpp>

#include <limits>
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
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Crew::~Crew() {
  for (Desk* desk = desks_.load(); desk;) delete std::exchange(desk, desk->other);
}

void Crew::resize(int threads, int patience) {
  threads_.store(threads, std::memory_order_relaxed);
  patience_.store(patience, std::memory_order_relaxed);
}

Crew::Caller::~Caller() { desk_.is_taken.store(false, std::memory_order_release); }

int Crew::callers() const {
  int count = 0;
  for (Desk* desk = desks_.load(std::memory_order_acquire); desk; desk = desk->other) {
    count += desk->is_taken.load(std::memory_order_relaxed);
  }
  return count;
}

Crew::Desk& Crew::claim_desk() {
  Desk* newest = desks_.load(std::memory_order_acquire);
  for (Desk* desk = newest; desk; desk = desk->other) {
    if (!desk->is_taken.load(std::memory_order_relaxed) && !desk->is_taken.exchange(true, std::memory_order_acquire)) {
      return *desk;
    }
  }
  auto* desk = new Desk;
  desk->other = newest;
  while (!desks_.compare_exchange_weak(desk->other, desk, std::memory_order_acq_rel, std::memory_order_acquire)) {
  }
  return *desk;
}

void Crew::Caller::run(std::size_t count, FunctionRef<void(std::size_t)> body, std::size_t scratch_bytes) {
  const auto job = job_of(desk_.next.load(std::memory_order_relaxed)) + 1;
  desk_.jobs[job % 2].body.store(&body, std::memory_order_relaxed);
  desk_.jobs[job % 2].count.store(static_cast<std::uint32_t>(count), std::memory_order_relaxed);
  desk_.jobs[job % 2].scratch_bytes.store(scratch_bytes, std::memory_order_relaxed);
  desk_.done.store(0, std::memory_order_relaxed);
  desk_.next.store(job << job_bits, std::memory_order_release);
  while (desk_.work(Role::caller)) {
  }
  for (int round = 0; desk_.done.load(std::memory_order_acquire) < count; ++round) pause(round);
  if (desk_.error) std::rethrow_exception(std::exchange(desk_.error, nullptr));
}

void Crew::help() {
  Desk* own = nullptr;
  const auto move_to = [&](Desk* desk) {
    if (own) own->helpers.fetch_sub(1, std::memory_order_relaxed);
    if (desk) desk->helpers.fetch_add(1, std::memory_order_relaxed);
    own = desk;
  };
  for (int idle = 0; idle < patience_.load(std::memory_order_relaxed);) {
    if (is_dismissed_.load(std::memory_order_relaxed)) break;
    if (Desk* chosen = choose_desk(own); chosen != own) {
      move_to(chosen);  // and look again: others may have had the same thought
    } else if (own && own->work(Role::helper)) {
      idle = 0;
    } else {
      pause(idle++);
    }
  }
  move_to(nullptr);
}

// The desk with a task where the fewest others help; the helper's own, which may be none, when there is no task; none
// when enough threads are at work without this one. Where there is one desk, only one line of memory is read.
Crew::Desk* Crew::choose_desk(const Desk* own) const {
  Desk* chosen = const_cast<Desk*>(own);
  int fewest = std::numeric_limits<int>::max();
  int at_work = 0;
  Desk* const newest = desks_.load(std::memory_order_acquire);
  for (Desk* desk = newest; desk; desk = desk->other) {
    if (newest->other && !desk->is_taken.load(std::memory_order_relaxed)) continue;
    const int others = desk->helpers.load(std::memory_order_relaxed) - (desk == own);
    at_work += 1 + others;
    if (!desk->has_task() || others > fewest || (others == fewest && desk != own)) continue;
    fewest = others;
    chosen = desk;
  }
  return at_work < threads() ? chosen : nullptr;
}

bool Crew::Desk::has_task() const {
  const auto seen = next.load(std::memory_order_acquire);
  return task_of(seen) < jobs[job_of(seen) % 2].count.load(std::memory_order_relaxed);
}

// Does one task; false when none is left, or too little memory for it.
bool Crew::Desk::work(Role role) {
  auto seen = next.load(std::memory_order_acquire);
  for (;;) {
    // When `seen` is out of date these may belong to a later job; then the exchange fails.
    const Job& job = jobs[job_of(seen) % 2];
    const Body* body = job.body.load(std::memory_order_relaxed);
    if (task_of(seen) >= job.count.load(std::memory_order_relaxed)) return false;
    if (role == Role::helper && !prepare_thread(job.scratch_bytes.load(std::memory_order_relaxed))) return false;
    if (next.compare_exchange_weak(seen, seen + 1, std::memory_order_acq_rel, std::memory_order_acquire)) {
      run_task(*body, task_of(seen));
      return true;
    }
  }
}

void Crew::Desk::run_task(const Body& body, std::size_t index) {
  try {
    body(index);
  } catch (...) {
    const std::lock_guard lock(error_mutex);
    if (!error) error = std::current_exception();
  }
  done.fetch_add(1, std::memory_order_acq_rel);
}

}  // namespace xgrad
