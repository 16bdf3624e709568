#pragma once

#include <xgrad/framework/core/aligned_memory.hpp>

#include <cstddef>
#include <cstdint>

namespace xgrad {

/// Uninitialised memory of the calling thread for `elements` of T, kept from call to call; whoever asks with the same
/// `User` next may be given the same memory.
template <class User, class T>
T* thread_memory(std::int64_t elements) {
  thread_local AlignedMemory memory;
  const auto bytes = static_cast<std::size_t>(elements) * sizeof(T);
  if (memory.size() < bytes || !memory.data()) memory = AlignedMemory(bytes);
  return reinterpret_cast<T*>(memory.data());
}

}  // namespace xgrad
