#pragma once

#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/op.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// An operator of one input that reduces it over axes, which stay with size 1.
class AxisReduction : public Op {
 public:
  /// `axes` count from the front, each named once.
  explicit AxisReduction(std::vector<std::size_t> axes);

  std::optional<Attributes> attributes() const override;
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override;
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override;
  double cost(std::span<const Extents> inputs) const override;
  double operations(std::span<const Extents> inputs) const override { return cost(inputs); }

 protected:
  /// The dtype of the result for an input of dtype `x`. Throws DTypeError for one that has none.
  virtual DType result_dtype(DType x) const = 0;

  Axes axes() const { return Axes(std::vector<std::int64_t>(axes_.begin(), axes_.end())); }

  /// The axes that are reduced, marked among those of `input`.
  std::span<const bool> marks(const ArrayView& input) const { return {reduced_.data(), input.shape.size()}; }

 private:
  std::vector<std::size_t> axes_;
  std::array<bool, max_rank> reduced_{};
};

}  // namespace xgrad
