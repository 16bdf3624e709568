#pragma once

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>

#include <cstddef>
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

/// Calls `visit(i, start)` for every element i, in row-major order, of an array of shape `indices` that chooses from
/// another along `axis`: `start` is the position in `x` of the element at the same place but at index 0 of the axis.
template <class Visit>
void for_each_along_axis(std::span<const std::int64_t> indices, std::span<const std::int64_t> x, std::size_t axis,
                         Visit visit) {
  std::int64_t next = 0;
  const auto walk = [&](const auto& self, std::size_t depth, std::int64_t start) -> void {
    const auto stride = depth == axis ? 0 : element_count(x.subspan(depth + 1));
    if (depth + 1 == indices.size()) {
      for (std::int64_t i = 0; i < indices[depth]; ++i) visit(next++, start + i * stride);
    } else {
      for (std::int64_t i = 0; i < indices[depth]; ++i) self(self, depth + 1, start + i * stride);
    }
  };
  walk(walk, 0, 0);
}

/// Checks that `indices` choose along an axis of `x` element by element: they have its rank and, in all other axes,
/// its sizes or known smaller ones. Throws DTypeError or ShapeError.
void expect_along_axis(std::string_view where, const Shape& x, const TensorType& indices, std::size_t axis);

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
