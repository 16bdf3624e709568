#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/core/aligned_memory.hpp>

#include <array>
#include <new>
#include <stdexcept>

namespace xgrad {
namespace {

// There are about twenty in the library.
constexpr std::size_t most_kinds = 64;

std::array<std::atomic<ThreadMemoryKind*>, most_kinds> kinds{};
std::atomic<std::size_t> kind_count{0};
std::atomic<std::uint64_t> growths{0};  // grows with every `most_bytes_`

struct ThreadBlocks {
  std::array<AlignedMemory, most_kinds> memory;
  std::uint64_t reserved_growths = 0;
};
thread_local ThreadBlocks blocks;

/// True when it was less.
bool raise_to(std::atomic<std::size_t>& most, std::size_t bytes) {
  auto known = most.load(std::memory_order_relaxed);
  while (known < bytes) {
    if (most.compare_exchange_weak(known, bytes, std::memory_order_relaxed)) return true;
  }
  return false;
}

bool is_enough(const AlignedMemory& memory, std::size_t bytes) { return memory.size() >= bytes && memory.data(); }

}  // namespace

ThreadMemoryKind::ThreadMemoryKind() : number_(kind_count.fetch_add(1, std::memory_order_relaxed)) {
  if (number_ >= most_kinds) throw std::logic_error("thread_memory: more kinds than there are places; add places");
  kinds[number_].store(this, std::memory_order_release);
}

std::byte* ThreadMemoryKind::get(std::size_t bytes) {
  auto& memory = blocks.memory[number_];
  if (!is_enough(memory, bytes)) {
    memory = AlignedMemory(bytes);  // what cannot be had is not reserved afterwards
    if (raise_to(most_bytes_, bytes)) growths.fetch_add(1, std::memory_order_release);
  }
  return memory.data();
}

bool reserve_thread_memory() noexcept {
  const auto seen = growths.load(std::memory_order_acquire);
  if (blocks.reserved_growths == seen) return true;
  try {
    for (std::size_t number = 0; number < most_kinds; ++number) {
      const auto* kind = kinds[number].load(std::memory_order_acquire);
      if (!kind) continue;
      const auto bytes = kind->most_bytes_.load(std::memory_order_relaxed);
      auto& memory = blocks.memory[number];
      if (bytes > 0 && !is_enough(memory, bytes)) memory = AlignedMemory(bytes);
    }
  } catch (const std::bad_alloc&) {
    return false;
  }
  blocks.reserved_growths = seen;
  return true;
}

}  // namespace xgrad
