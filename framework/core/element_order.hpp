#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <type_traits>

namespace xgrad {

/// left < right, where what is not a number is larger than every number.
template <class T>
bool precedes(T left, T right) {
  if constexpr (std::is_floating_point_v<T>) {
    return left < right || (right != right && left == left);
  } else {
    return left < right;
  }
}

/// A number that is in the same order as elements are by `precedes`, and equal for equal ones.
template <class T>
std::int32_t order_key(T element) {
  if constexpr (std::is_same_v<T, float>) {
    if (element != element) return std::numeric_limits<std::int32_t>::max();
    const auto bits = std::bit_cast<std::int32_t>(element + 0.F);  // one key for both zeros
    return bits < 0 ? bits ^ std::numeric_limits<std::int32_t>::max() : bits;
  } else {
    return element;
  }
}

/// Writes the positions 0, ..., count - 1 of `elements`, arranged by `algorithm(precedes)`, which compares what stands
/// in `positions` only by the `precedes` that it is given: the order of the elements there, equal ones by position, so
/// that every algorithm sorts stably.
template <class T, class Algorithm>
void arrange_positions(const T* elements, std::int64_t count, bool descending, std::int64_t* positions,
                       Algorithm algorithm) {
  constexpr std::int64_t lower_half = 0xFFFFFFFF;
  if constexpr (sizeof(T) <= sizeof(std::int32_t)) {
    if (count <= lower_half) {  // the element beside its position: nothing is looked up, which is twice as fast
      const std::int32_t flip = descending ? -1 : 0;
      for (std::int64_t i = 0; i < count; ++i) {
        positions[i] = std::int64_t{order_key(elements[i]) ^ flip} * (lower_half + 1) + i;
      }
      algorithm(std::less<std::int64_t>());
      for (std::int64_t i = 0; i < count; ++i) positions[i] &= lower_half;
      return;
    }
  }
  std::iota(positions, positions + count, std::int64_t{0});
  algorithm([=](std::int64_t left, std::int64_t right) {
    if (precedes(elements[left], elements[right])) return !descending;
    if (precedes(elements[right], elements[left])) return descending;
    return left < right;
  });
}

}  // namespace xgrad
