#include <xgrad/framework/backends/thread_memory.hpp>
#include <xgrad/framework/core/aligned_memory.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <deque>
#include <new>

namespace xgrad {
namespace {

/// The memory of a thread: one block for each task that it is in the middle of.
struct Blocks {
  std::deque<AlignedMemory> memory;
  std::size_t used = 0;
};
thread_local Blocks blocks;

/// The memory of the next task.
std::byte* next_block(std::size_t bytes) {
  auto& [memory, used] = blocks;
  if (used == memory.size()) memory.emplace_back();
  auto& block = memory[used];
  if (block.size() < bytes || !block.data()) block = AlignedMemory(bytes);
  return block.data();
}

}  // namespace

WorkerScratch::WorkerScratch(std::size_t bytes) : data_(next_block(bytes)) { ++blocks.used; }

WorkerScratch::~WorkerScratch() { --blocks.used; }

bool prepare_thread(std::size_t scratch_bytes) noexcept {
  try {
    next_block(scratch_bytes);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return reserve_thread_memory();
}

}  // namespace xgrad
