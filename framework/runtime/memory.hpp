#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>

namespace xgrad {

/// Every block of planned memory starts at a multiple of this many bytes: a cache line, and the widest SIMD register.
inline constexpr std::size_t memory_alignment = 64;

constexpr std::size_t aligned_size(std::size_t bytes) {
  return (bytes + memory_alignment - 1) / memory_alignment * memory_alignment;
}

/// Gives out offsets of one stretch of memory whose size is known only at the end: freed space is given out again,
/// smallest fit first.
class OffsetAllocator {
 public:
  std::size_t allocate(std::size_t bytes);
  void release(std::size_t offset, std::size_t bytes);

  /// Bytes the whole stretch needs.
  std::size_t size() const { return size_; }

 private:
  std::map<std::size_t, std::size_t> free_;           // offset to bytes
  std::multimap<std::size_t, std::size_t> by_bytes_;  // bytes to offset
  std::size_t size_ = 0;

  void insert_free(std::size_t offset, std::size_t bytes);
  void erase_free(std::map<std::size_t, std::size_t>::iterator entry);
};

/// Memory aligned to `memory_alignment`, uninitialised.
class AlignedMemory {
 public:
  AlignedMemory() = default;
  explicit AlignedMemory(std::size_t bytes);
  std::byte* data() const { return memory_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };
  std::unique_ptr<std::byte[], Free> memory_;
  std::size_t size_ = 0;
};

/// Where a block of rows of a value is: `data` of one of the function's stretches of memory, or the scratch of the
/// thread.
struct Location {
  static constexpr std::uint32_t scratch = UINT32_MAX;

  std::uint32_t stretch = 0;
  std::int64_t offset = 0;     ///< bytes
  std::int64_t row_bytes = 0;  ///< from one row to the next; 0 for what every block sees whole, and in scratch

  std::byte* address(std::span<std::byte* const> stretches, std::byte* thread_scratch, std::int64_t first_row) const {
    return (stretch == scratch ? thread_scratch : stretches[stretch]) + offset + first_row * row_bytes;
  }
};

}  // namespace xgrad
