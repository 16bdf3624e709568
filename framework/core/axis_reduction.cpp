#include <xgrad/framework/core/axis_reduction.hpp>

namespace xgrad {

AxisReduction::AxisReduction(std::vector<std::size_t> axes) : axes_(std::move(axes)) {
  for (auto axis : axes_) reduced_[axis] = true;
}

std::optional<Attributes> AxisReduction::attributes() const { return Attributes{{"axes", axes_}}; }

std::vector<TensorType> AxisReduction::infer(std::span<const TensorType> inputs) const {
  Shape shape = inputs[0].shape;
  for (auto axis : axes_) shape[axis] = 1;
  return {{result_dtype(inputs[0].dtype), std::move(shape)}};
}

std::optional<std::vector<int>> AxisReduction::row_axes(std::span<const TensorType> inputs) const {
  if (inputs[0].shape.rank() == 0 || reduced_[0]) return std::nullopt;
  return std::vector{0};
}

double AxisReduction::cost(std::span<const Extents> inputs) const {
  double reduced = 1;
  for (auto axis : axes_) reduced *= static_cast<double>(inputs[0][axis]);
  return reduced;
}

}  // namespace xgrad
