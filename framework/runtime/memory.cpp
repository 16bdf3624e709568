#include <xgrad/framework/runtime/memory.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

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

std::size_t place_by_lifetime(std::span<const Lifetime> lifetimes, std::span<std::size_t> offsets) {
  std::size_t size = 0;
  std::vector<std::size_t> placed;  // numbers of those that have an offset, from the lowest
  for (std::size_t index = 0; index < lifetimes.size(); ++index) {
    const auto& self = lifetimes[index];
    std::size_t offset = 0;
    for (const auto other : placed) {
      const auto& taken = lifetimes[other];
      if (taken.last_level < self.first_level || self.last_level < taken.first_level) continue;
      if (offsets[other] >= offset + aligned_size(self.bytes)) break;
      offset = std::max(offset, offsets[other] + aligned_size(taken.bytes));
    }
    offsets[index] = offset;
    size = std::max(size, offset + aligned_size(self.bytes));
    const auto above = std::upper_bound(placed.begin(), placed.end(), offset,
                                        [&](std::size_t bound, std::size_t other) { return bound < offsets[other]; });
    placed.insert(above, index);
  }
  return size;
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

}  // namespace xgrad
