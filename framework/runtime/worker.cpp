#include <xgrad/framework/core/aligned_memory.hpp>
#include <xgrad/framework/runtime/worker.hpp>

#include <deque>

namespace xgrad {
namespace {

/// The memory of a thread: one block for each task that it is in the middle of.
struct Blocks {
  std::deque<AlignedMemory> memory;
  std::size_t used = 0;
};
thread_local Blocks blocks;

}  // namespace

WorkerScratch::WorkerScratch(std::size_t bytes) {
  auto& [memory, used] = blocks;
  if (used == memory.size()) memory.emplace_back();
  auto& block = memory[used];
  if (block.size() < bytes || !block.data()) block = AlignedMemory(bytes);
  data_ = block.data();
  ++used;
}

WorkerScratch::~WorkerScratch() { --blocks.used; }

}  // namespace xgrad
