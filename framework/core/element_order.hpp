#pragma once

#include <cstdint>
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

/// The order of positions by the elements that stand there, equal ones by position: the same order however it is
/// sorted.
template <class T>
struct ElementOrder {
  const T* elements;
  bool descending = false;

  bool operator()(std::int64_t left, std::int64_t right) const {
    if (precedes(elements[left], elements[right])) return !descending;
    if (precedes(elements[right], elements[left])) return descending;
    return left < right;
  }
};

}  // namespace xgrad
