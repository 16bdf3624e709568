#pragma once

#include <cstddef>

namespace xgrad {

/// Calls `body` with 0, 1, ..., `count` - 1, where no call reads what another writes: the compiler need not prove that
/// before it makes vectors of the loop, nor say so where it cannot make any.
template <class Body>
[[gnu::always_inline]] inline void independent_loop(std::size_t count, const Body& body) {
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang loop vectorize(assume_safety)
  for (std::size_t i = 0; i < count; ++i) body(i);
#pragma clang diagnostic pop
#else
#pragma GCC ivdep
  for (std::size_t i = 0; i < count; ++i) body(i);
#endif
}

}  // namespace xgrad
