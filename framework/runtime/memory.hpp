#pragma once

#include <xgrad/framework/core/aligned_memory.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

namespace xgrad {

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

/// How long so many bytes are needed: from one level to another, both included.
struct Lifetime {
  std::size_t bytes;
  std::uint32_t first_level;
  std::uint32_t last_level;
};

/// Gives each an offset, so that no two overlap that are needed on one level: one after the other in their order, each
/// as low as there is room. In order of size, the largest first, they need hardly more than what is needed at one time.
/// Returns the bytes that the whole stretch needs. Takes time as the square of their number.
std::size_t place_by_lifetime(std::span<const Lifetime> lifetimes, std::span<std::size_t> offsets);

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
