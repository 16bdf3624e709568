#include <xgrad/framework/runtime/memory.hpp>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>

namespace xgrad {

std::size_t OffsetAllocator::allocate(std::size_t bytes) {
  bytes = std::max(aligned_size(bytes), memory_alignment);
  if (auto fit = by_bytes_.lower_bound(bytes); fit != by_bytes_.end()) {
    const auto [available, offset] = *fit;
    erase_free(free_.find(offset));
    if (available > bytes) insert_free(offset + bytes, available - bytes);
    return offset;
  }
  // Nothing fits: grow the end, taking in the free piece that ends there.
  std::size_t offset = size_;
  if (!free_.empty()) {
    const auto last = std::prev(free_.end());
    if (last->first + last->second == size_) {
      offset = last->first;
      erase_free(last);
    }
  }
  size_ = offset + bytes;
  return offset;
}

void OffsetAllocator::release(std::size_t offset, std::size_t bytes) {
  bytes = std::max(aligned_size(bytes), memory_alignment);
  auto next = free_.upper_bound(offset);
  if (next != free_.begin()) {
    if (const auto previous = std::prev(next); previous->first + previous->second == offset) {
      offset = previous->first;
      bytes += previous->second;
      erase_free(previous);
    }
  }
  if (next != free_.end() && offset + bytes == next->first) {
    bytes += next->second;
    erase_free(next);
  }
  insert_free(offset, bytes);
}

void OffsetAllocator::insert_free(std::size_t offset, std::size_t bytes) {
  free_.emplace(offset, bytes);
  by_bytes_.emplace(bytes, offset);
}

void OffsetAllocator::erase_free(std::map<std::size_t, std::size_t>::iterator entry) {
  auto [first, last] = by_bytes_.equal_range(entry->second);
  by_bytes_.erase(std::find_if(first, last, [&](const auto& piece) { return piece.second == entry->first; }));
  free_.erase(entry);
}

AlignedMemory::AlignedMemory(std::size_t bytes) : size_(std::max(aligned_size(bytes), memory_alignment)) {
  // Kernels go through matrices column by column, a page for each row: large memory gets large pages where there are
  // any.
  constexpr std::size_t large_page = 1 << 21;
  const bool is_large = size_ >= large_page / 8;
  const auto alignment = is_large ? large_page : memory_alignment;
  const auto rounded = (size_ + alignment - 1) / alignment * alignment;
  memory_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, rounded)));
  if (!memory_) throw std::bad_alloc();
#if defined(MADV_HUGEPAGE)
  if (is_large) madvise(memory_.get(), rounded, MADV_HUGEPAGE);  // a wish: without it everything works as well
#endif
}

void AlignedMemory::Free::operator()(std::byte* memory) const { std::free(memory); }

}  // namespace xgrad
