#include <xgrad/framework/core/aligned_memory.hpp>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <new>

namespace xgrad {

AlignedMemory::AlignedMemory(std::size_t bytes, std::size_t large_from) : size_(bytes) {
  const bool is_large = bytes >= large_from;
  const auto alignment = is_large ? large_page : memory_alignment;
  const auto rounded = (std::max<std::size_t>(bytes, 1) + alignment - 1) / alignment * alignment;
  if (rounded < bytes) throw std::bad_alloc();
  memory_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, rounded)));
  if (!memory_) throw std::bad_alloc();
#if defined(MADV_HUGEPAGE)
  if (is_large) madvise(memory_.get(), rounded, MADV_HUGEPAGE);  // a wish: without it everything works as well
#endif
}

void AlignedMemory::Free::operator()(std::byte* memory) const { std::free(memory); }

}  // namespace xgrad
