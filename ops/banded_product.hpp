#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <cstdint>
#include <vector>

namespace xgrad {

/// A matrix that is zero but for a run of neighbours in each row.
struct BandedMatrix {
  struct Row {
    std::int64_t first = 0;  ///< column of the first value
    std::vector<double> values = {};
  };

  std::int64_t columns = 0;
  std::vector<Row> rows = {};

  BandedMatrix transposed() const;
};

/// The product of a banded matrix, whose values do not change, with each line of x along an axis: what averages of
/// neighbours and interpolations are made of. The size of the axis is the matrix's columns, and in the result its rows.
/// Floating point. Throws ShapeError when the sizes differ and ValueError when values stand outside of the columns.
Tensor banded_product(const BandedMatrix& matrix, const Tensor& x, std::int64_t axis);

}  // namespace xgrad
