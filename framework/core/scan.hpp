#pragma once

#include <xgrad/framework/core/indexed_axis.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>

namespace xgrad {

/// Fills a contiguous array of lines along an axis one element after the other, from a state of each line: its first is
/// `start(i)`, where i is the position of the first element, every further one `step(i, before, k)` of the one before,
/// where k is the index along the axis, and the element is `value(state)`. From the end of the axis with `reverse`.
template <class T, class Start, class Step, class Value = std::identity>
void scan(const IndexedAxis& around, bool reverse, T* y, Start start, Step step, Value value = {}) {
  if (around.size == 0) return;
  using State = decltype(start(std::int64_t{0}));
  constexpr std::int64_t abreast = 128;  // lines whose states stay in cache
  const auto first = reverse ? around.size - 1 : 0;
  const auto direction = reverse ? -1 : 1;
  for (std::int64_t outer = 0; outer < around.outer; ++outer) {
    const auto line = outer * around.size * around.inner;
    if (around.inner == 1) {  // the state stays in registers
      State state = start(line + first);
      y[line + first] = value(state);
      for (std::int64_t n = 1, k = first + direction; n < around.size; ++n, k += direction) {
        state = step(line + k, state, k);
        y[line + k] = value(state);
      }
      continue;
    }
    for (std::int64_t left = 0; left < around.inner; left += abreast) {
      const auto lines = std::min(abreast, around.inner - left);
      std::array<State, abreast> states;
      const auto start_row = line + first * around.inner + left;
      for (std::int64_t i = 0; i < lines; ++i) {
        states[i] = start(start_row + i);
        y[start_row + i] = value(states[i]);
      }
      for (std::int64_t n = 1, k = first + direction; n < around.size; ++n, k += direction) {
        const auto row = line + k * around.inner + left;
        for (std::int64_t i = 0; i < lines; ++i) {
          states[i] = step(row + i, states[i], k);
          y[row + i] = value(states[i]);
        }
      }
    }
  }
}

}  // namespace xgrad
