#pragma once

#include <xgrad/framework/core/indexed_axis.hpp>

#include <cstdint>

namespace xgrad {

/// Walks along an axis of a contiguous array, all lines abreast: `start(i)` for the first element of every line, then
/// `step(i, before)` for every further one, where `before` is the position of its neighbour, visited earlier. From the
/// end with `reverse`.
template <class Start, class Step>
void scan(const IndexedAxis& around, bool reverse, Start start, Step step) {
  const auto to_previous = reverse ? around.inner : -around.inner;
  for (std::int64_t outer = 0; outer < around.outer; ++outer) {
    auto row = (outer * around.size + (reverse ? around.size - 1 : 0)) * around.inner;
    for (std::int64_t k = 0; k < around.size; ++k, row -= to_previous) {
      for (std::int64_t i = row; i < row + around.inner; ++i) {
        if (k == 0) {
          start(i);
        } else {
          step(i, i + to_previous);
        }
      }
    }
  }
}

}  // namespace xgrad
