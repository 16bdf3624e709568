#pragma once

#include <xgrad/framework/core/indexed_axis.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/visit_integer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace xgrad {

/// An operator whose input 1, integers, chooses among the elements of input 0 along an axis, element by element: each
/// at its own place in the other axes. The indices have the axes of input 0 and, in all others than the one, its sizes
/// or known smaller ones.
class AlongAxis : public Op {
 public:
  /// `axis` counts from the front.
  explicit AlongAxis(std::size_t axis) : axis_(axis) {}

  std::optional<Attributes> attributes() const override;

  /// Row by row as long as the indices choose inside of rows.
  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override;

  double cost(std::span<const Extents>) const override { return 4; }
  double operations(std::span<const Extents>) const override { return 0; }

 protected:
  std::int64_t axis() const { return static_cast<std::int64_t>(axis_); }

  /// Throws DTypeError or ShapeError unless the indices fit.
  void expect_indices(std::span<const TensorType> inputs) const;

  /// Calls `visit_pair(i, chosen)` for every position i in the indices, in order, with the position in input 0 of the
  /// element chosen there. Throws ValueError for an index that is out of range.
  template <class Visit>
  void for_each_chosen(const KernelArguments& arguments, Visit visit_pair) const {
    const auto& x = arguments.inputs[0];
    const auto& indices = arguments.inputs[1];
    const IndexedAxis around(x.shape, axis_);
    const auto where = name();
    visit_integer(indices.dtype, [&]<class Index>() {
      const Index* index = indices.as<Index>();
      std::int64_t next = 0;
      // `start` is the position of the element at the same place, but at index 0 of the axis.
      const auto walk = [&](const auto& self, std::size_t depth, std::int64_t start) -> void {
        const auto stride = depth == axis_ ? 0 : element_count(x.shape.subspan(depth + 1));
        const auto extent = indices.shape[depth];
        if (depth + 1 < indices.shape.size()) {
          for (std::int64_t i = 0; i < extent; ++i) self(self, depth + 1, start + i * stride);
          return;
        }
        for (std::int64_t i = 0; i < extent; ++i) {
          const auto along = checked_index(where, static_cast<std::int64_t>(index[next + i]), around.size);
          visit_pair(next + i, start + i * stride + along * around.inner);
        }
        next += extent;
      };
      walk(walk, 0, 0);
    });
  }

 private:
  std::size_t axis_;
};

}  // namespace xgrad
