#pragma once

#include <atomic>
#include <cstddef>

// Stands in front of the C library's allocator in a program of one source file, and fails on demand.

namespace xgrad::test {

// How many more allocations, of any thread, succeed before one fails; negative when none is to fail.
inline std::atomic<long> until_failure = -1;
inline std::atomic<bool> has_failed = false;

inline bool fails_now() {
  if (until_failure < 0 || until_failure-- != 0) return false;
  return has_failed = true;
}

}  // namespace xgrad::test

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t bytes) { return xgrad::test::fails_now() ? nullptr : __libc_malloc(bytes); }
void* calloc(std::size_t count, std::size_t bytes) {
  return xgrad::test::fails_now() ? nullptr : __libc_calloc(count, bytes);
}
void* realloc(void* memory, std::size_t bytes) {
  return xgrad::test::fails_now() ? nullptr : __libc_realloc(memory, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return xgrad::test::fails_now() ? nullptr : __libc_memalign(alignment, bytes);
}
}
