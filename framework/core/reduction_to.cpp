#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/reduction_to.hpp>

#include <fmt/format.h>

namespace xgrad {

std::vector<TensorType> ReductionTo::infer(std::span<const TensorType> inputs) const {
  if (!broadcasts_to(shape_, inputs[0].shape)) {
    throw ShapeError(fmt::format("{}: shape {} cannot be summed to {}, which does not broadcast back to it", name(),
                                 inputs[0].shape.to_string(), shape_.to_string()));
  }
  if (inputs[0].dtype == DType::boolean) {
    throw DTypeError(
        fmt::format("{}: expected numbers, but got bool; cast it to int32 to count, or to float32", name()));
  }
  return {{inputs[0].dtype, shape_}};
}

std::optional<std::vector<int>> ReductionTo::row_axes(std::span<const TensorType> inputs) const {
  const auto dropped = inputs[0].shape.rank() - shape_.rank();
  // Only the first two axes of the input can be cut, and only where the axis is kept.
  if (shape_.rank() == 0 || dropped > 1 || !(shape_[0] == inputs[0].shape[dropped])) return std::nullopt;
  return std::vector{static_cast<int>(dropped)};
}

double ReductionTo::cost(std::span<const Extents> inputs) const {
  const auto elements = static_cast<double>(element_count(inputs[0]));
  double results = 1;
  for (std::size_t axis = 0; axis < shape_.rank(); ++axis) {
    if (!shape_[axis].is_one()) results *= static_cast<double>(inputs[0][inputs[0].size() - shape_.rank() + axis]);
  }
  return results > 0 ? elements / results : 0;
}

std::array<bool, max_rank> ReductionTo::reduced(const ArrayView& input) const {
  std::array<bool, max_rank> marks{};
  const auto dropped = input.shape.size() - shape_.rank();
  for (std::size_t axis = 0; axis < input.shape.size(); ++axis) {
    marks[axis] = axis < dropped || (shape_[axis - dropped].is_one() && input.shape[axis] != 1);
  }
  return marks;
}

}  // namespace xgrad
