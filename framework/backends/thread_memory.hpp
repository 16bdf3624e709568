#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace xgrad {

/// Memory that every thread has for one purpose: how much of it was ever asked for.
class ThreadMemoryKind {
 public:
  ThreadMemoryKind();
  ThreadMemoryKind(const ThreadMemoryKind&) = delete;
  ThreadMemoryKind& operator=(const ThreadMemoryKind&) = delete;

  /// Of the calling thread: the same as in the last call unless it was smaller. Throws std::bad_alloc.
  std::byte* get(std::size_t bytes);

 private:
  friend bool reserve_thread_memory() noexcept;

  std::size_t number_;
  std::atomic<std::size_t> most_bytes_{0};
};

/// Uninitialised memory of the calling thread for `elements` of T, kept from call to call; whoever asks with the same
/// `User` next may be given the same memory. Throws std::bad_alloc.
template <class User, class T>
T* thread_memory(std::int64_t elements) {
  static ThreadMemoryKind kind;
  return reinterpret_cast<T*>(kind.get(static_cast<std::size_t>(elements) * sizeof(T)));
}

/// Gives the calling thread as much memory of every kind as any thread has asked for, so that a kernel which has run
/// before does not run out of memory in the middle of a call. False when there is not enough.
bool reserve_thread_memory() noexcept;

}  // namespace xgrad
