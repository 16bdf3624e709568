#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/recording.hpp>

#include <new>

namespace xgrad {
namespace {

std::atomic<std::uint64_t> next_recording_id{1};
constexpr std::size_t most_events = 1'000'000;

}  // namespace

std::atomic<Recording*> Recording::active_{nullptr};

Recording::Recording() : id_(next_recording_id++) {
  Recording* none = nullptr;
  if (!active_.compare_exchange_strong(none, this)) {
    throw StateError("Profiler: another one is recording; end it before, or use that one");
  }
}

Recording::~Recording() { active_.store(nullptr, std::memory_order_release); }

void Recording::add(const Key& key, Clock::time_point start, Clock::time_point end,
                    FunctionRef<Profiler::Kernel()> describe) noexcept {
  try {
    add_to(this_thread(), key, start, end, describe);
  } catch (...) {  // an event that is not recorded is no reason to end the call
  }
}

void Recording::add_to(Thread& thread, const Key& key, Clock::time_point start, Clock::time_point end,
                       FunctionRef<Profiler::Kernel()> describe) {
  auto found = thread.known.find(key);
  if (found == thread.known.end()) {
    thread.kernels.push_back(describe());
    found = thread.known.emplace(key, static_cast<std::uint32_t>(thread.kernels.size() - 1)).first;
  }
  auto& kernel = thread.kernels[found->second];
  ++kernel.calls;
  kernel.seconds += std::chrono::duration<double>(end - start).count();
  if (events_.fetch_add(1, std::memory_order_relaxed) < most_events)
    thread.events.push_back({found->second, start, end});
}

Recording::Thread& Recording::this_thread() {
  thread_local std::uint64_t recording = 0;
  thread_local Thread* thread = nullptr;
  if (recording != id_) {
    const std::lock_guard lock(mutex_);
    thread = threads_.emplace_back(std::make_unique<Thread>()).get();
    recording = id_;
  }
  return *thread;
}

}  // namespace xgrad
