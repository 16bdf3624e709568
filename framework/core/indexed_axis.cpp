#include <xgrad/framework/core/indexed_axis.hpp>

#include <fmt/format.h>

namespace xgrad {

void expect_integers(std::string_view where, const TensorType& indices) {
  if (is_integer(indices.dtype)) return;
  throw DTypeError(fmt::format("{}: expected integer indices, but got {}; cast them, cast(indices, DType::int64)",
                               where, to_string(indices.dtype)));
}

Shape indexed_shape(std::string_view where, const Shape& x, const TensorType& indices, std::size_t axis) {
  expect_integers(where, indices);
  std::vector<Dim> dims(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(axis));
  dims.insert(dims.end(), indices.shape.begin(), indices.shape.end());
  dims.insert(dims.end(), x.begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.end());
  return Shape(dims);
}

void reject_index(std::string_view where, std::int64_t index, std::int64_t size) {
  throw ValueError(fmt::format("{}: index {} is out of range for an axis of size {}; expected {} to {}", where, index,
                               size, -size, size - 1));
}

}  // namespace xgrad
