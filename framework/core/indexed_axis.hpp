#pragma once

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>

namespace xgrad {

/// An array seen around the axis that indices choose from: (outer, size, inner).
struct IndexedAxis {
  IndexedAxis(std::span<const std::int64_t> shape, std::size_t axis)
      : outer(element_count(shape.first(axis))), size(shape[axis]), inner(element_count(shape.subspan(axis + 1))) {}

  std::int64_t outer;
  std::int64_t size;
  std::int64_t inner;
};

/// Throws DTypeError when the indices are no integers.
void expect_integers(std::string_view where, const TensorType& indices);

/// The shape of `x` in which the axes of `indices` stand for `axis`. Throws DTypeError when the indices are no
/// integers.
Shape indexed_shape(std::string_view where, const Shape& x, const TensorType& indices, std::size_t axis);

/// Throws the error of `checked_index`.
[[noreturn]] void reject_index(std::string_view where, std::int64_t index, std::int64_t size);

/// Position `index` of an axis, where negative ones count from the end. Throws ValueError when it is out of range.
inline std::int64_t checked_index(std::string_view where, std::int64_t index, std::int64_t size) {
  const auto position = index < 0 ? index + size : index;
  if (position < 0 || position >= size) reject_index(where, index, size);
  return position;
}

}  // namespace xgrad
