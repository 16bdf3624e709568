#pragma once

#include <xgrad/framework/backends/matrix_view.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/ops/matmul/axis_order.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace xgrad {

/// The matrices of an operand or a result: where each lies follows from strides, which are 0 along axes that are
/// repeated.
template <class T>
struct StoredMatrices {
  StoredMatrices(const ArrayView& view, const AxisOrder& order) : data(view.as<std::remove_const_t<T>>()) {
    const auto rank = order.size();
    std::array<std::int64_t, max_rank> stored_strides;
    std::int64_t stride = 1;
    for (std::size_t axis = rank; axis-- > 0; stride *= view.shape[axis]) stored_strides[axis] = stride;
    if (rank == 2) stored_strides[0] = view.row_stride;
    for (std::size_t axis = 0; axis < rank; ++axis) {
      extents[axis] = view.shape[order[axis]];
      strides[axis] = extents[axis] == 1 && axis + 2 < rank ? 0 : stored_strides[order[axis]];
    }
    matrix = {data, extents[rank - 2], extents[rank - 1], strides[rank - 2], strides[rank - 1]};
  }
  T* data;
  std::array<std::int64_t, max_rank> extents;
  std::array<std::int64_t, max_rank> strides;
  MatrixView<T> matrix;
};

}  // namespace xgrad
