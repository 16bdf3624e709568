#include <xgrad/framework/core/indexed_axis.hpp>

#include <fmt/format.h>

namespace xgrad {

Shape indexed_shape(std::string_view where, const Shape& x, const TensorType& indices, std::size_t axis) {
  if (!is_integer(indices.dtype)) {
    throw DTypeError(fmt::format("{}: expected integer indices, but got {}; cast them, cast(indices, DType::int64)",
                                 where, to_string(indices.dtype)));
  }
  std::vector<Dim> dims(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(axis));
  dims.insert(dims.end(), indices.shape.begin(), indices.shape.end());
  dims.insert(dims.end(), x.begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.end());
  return Shape(std::move(dims));
}

std::int64_t checked_index(std::string_view where, std::int64_t index, std::int64_t size) {
  const auto position = index < 0 ? index + size : index;
  if (position < 0 || position >= size) {
    throw ValueError(fmt::format("{}: index {} is out of range for an axis of size {}; expected {} to {}", where, index,
                                 size, -size, size - 1));
  }
  return position;
}

}  // namespace xgrad
