#pragma once

#include <xgrad/framework/core/op.hpp>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// An operator of one input that reduces it to a shape that broadcasts back to it: over leading axes, which go, and
/// over others, which stay with size 1.
class ReductionTo : public Op {
 public:
  explicit ReductionTo(Shape shape) : shape_(std::move(shape)) {}

  std::optional<Attributes> attributes() const override { return Attributes{{"shape", shape_}}; }

  /// Throws ShapeError when the shape does not broadcast to that of the input, and DTypeError for booleans.
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override;
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override;
  double cost(std::span<const Extents> inputs) const override;
  double operations(std::span<const Extents> inputs) const override { return cost(inputs); }

 protected:
  const Shape& shape() const { return shape_; }

  /// Whether each axis of `input` is reduced.
  std::array<bool, max_rank> reduced(const ArrayView& input) const;

 private:
  Shape shape_;
};

}  // namespace xgrad
