#pragma once

#include <cstddef>
#include <memory>

namespace xgrad {

/// The memory of arrays, and every block of planned memory, starts at a multiple of this many bytes: a cache line, and
/// the widest SIMD register.
inline constexpr std::size_t memory_alignment = 64;

constexpr std::size_t aligned_size(std::size_t bytes) {
  return (bytes + memory_alignment - 1) / memory_alignment * memory_alignment;
}

/// Memory aligned to `memory_alignment`, uninitialised.
class AlignedMemory {
 public:
  static constexpr std::size_t large_page = std::size_t{1} << 21;

  AlignedMemory() = default;

  /// Memory of `large_from` bytes or more is asked for in large pages, whole ones: samples that are gathered in any
  /// order, and matrices that kernels go through column by column, otherwise touch a page for each row. Throws
  /// std::bad_alloc.
  explicit AlignedMemory(std::size_t bytes, std::size_t large_from = large_page / 8);

  std::byte* data() const { return memory_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* memory) const;
  };
  std::unique_ptr<std::byte[], Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace xgrad
