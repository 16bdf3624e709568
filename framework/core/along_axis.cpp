#include <xgrad/framework/core/along_axis.hpp>

#include <fmt/format.h>

namespace xgrad {

std::optional<Attributes> AlongAxis::attributes() const { return Attributes{{"axis", axis_}}; }

std::optional<std::vector<int>> AlongAxis::row_axes(std::span<const TensorType> inputs) const {
  if (axis_ == 0 || !(inputs[0].shape[0] == inputs[1].shape[0])) return std::nullopt;
  return std::vector(inputs.size(), 0);
}

void AlongAxis::expect_indices(std::span<const TensorType> inputs) const {
  expect_integers(name(), inputs[1]);
  const Shape& x = inputs[0].shape;
  const Shape& indices = inputs[1].shape;
  bool fits = indices.rank() == x.rank();
  for (std::size_t i = 0; fits && i < x.rank(); ++i) {
    const bool is_within = indices[i].is_known() && x[i].is_known() && indices[i].value() <= x[i].value();
    fits = i == axis_ || indices[i] == x[i] || is_within;
  }
  if (fits) return;
  throw ShapeError(fmt::format(
      "{}: expected indices with the axes of x {} and, except along axis {}, at most its sizes, but got {}; take "
      "chooses whole slices",
      name(), x.to_string(), axis_, indices.to_string()));
}

}  // namespace xgrad
