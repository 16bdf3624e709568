#pragma once

#include <xgrad/framework/core/tensor.hpp>

#include <vector>

namespace xgrad {

/// Which axes the first two vectors of `meshgrid` run along.
enum class MeshIndexing {
  xy,  ///< the first along axis 1, the second along axis 0, as in a picture
  ij   ///< the first along axis 0, the second along axis 1, as in a matrix
};

/// The coordinates of a grid: one array for each vector, all of the shape of the grid, in which the vector runs along
/// its axis and is repeated along the others. Throws ShapeError for what is not a vector.
std::vector<Tensor> meshgrid(const std::vector<Tensor>& vectors, MeshIndexing indexing = MeshIndexing::xy);

}  // namespace xgrad
