#pragma once

#include <xgrad/framework/core/indexed_axis.hpp>

#include <cstdint>

namespace xgrad {

/// Fills a contiguous array of lines along an axis one element after the other: the first of every line with
/// `start(i)`, every further one with `step(i, before, k)`, where i is its position, `before` the value of its
/// neighbour and k its index along the axis. From the end of the axis with `reverse`.
template <class T, class Start, class Step>
void scan(const IndexedAxis& around, bool reverse, T* y, Start start, Step step) {
  if (around.size == 0) return;
  const auto first = reverse ? around.size - 1 : 0;
  const auto direction = reverse ? -1 : 1;
  for (std::int64_t outer = 0; outer < around.outer; ++outer) {
    const auto line = outer * around.size * around.inner;
    if (around.inner == 1) {  // the value before stays in a register
      T value = y[line + first] = start(line + first);
      for (std::int64_t n = 1, k = first + direction; n < around.size; ++n, k += direction) {
        value = y[line + k] = step(line + k, value, k);
      }
      continue;
    }
    for (std::int64_t i = 0; i < around.inner; ++i) {
      y[line + first * around.inner + i] = start(line + first * around.inner + i);
    }
    for (std::int64_t n = 1, k = first + direction; n < around.size; ++n, k += direction) {
      const auto row = line + k * around.inner;
      const T* before = y + row - direction * around.inner;
      for (std::int64_t i = 0; i < around.inner; ++i) y[row + i] = step(row + i, before[i], k);
    }
  }
}

}  // namespace xgrad
