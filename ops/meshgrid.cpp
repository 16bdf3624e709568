#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/meshgrid.hpp>
#include <xgrad/ops/reshape.hpp>

#include <fmt/format.h>

namespace xgrad {

std::vector<Tensor> meshgrid(const std::vector<Tensor>& vectors, MeshIndexing indexing) {
  const bool exchanges = indexing == MeshIndexing::xy && vectors.size() > 1;
  const auto axis_of = [=](std::size_t vector) { return exchanges && vector < 2 ? 1 - vector : vector; };
  std::vector<Dim> grid(vectors.size(), 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    if (vectors[i].rank() != 1) {
      throw ShapeError(fmt::format("meshgrid: expected vectors, but got shape {} at place {}; reshape it to one axis",
                                   vectors[i].shape().to_string(), i));
    }
    grid[axis_of(i)] = vectors[i].shape()[0];
  }
  std::vector<Tensor> result;
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    std::vector<Dim> dims(vectors.size(), 1);
    dims[axis_of(i)] = vectors[i].shape()[0];
    result.push_back(broadcast_to(reshape(vectors[i], Shape(dims)), Shape(grid)));
  }
  return result;
}

static const Register registered_meshgrid{{
    .name = "meshgrid",
    .family = OperatorFamily::shape,
    .signature = "meshgrid({x, y, ...}, indexing = MeshIndexing::xy)",
    .summary = "The coordinates of a grid, one array for each vector.",
    .formula = "X[i, j] = x[j] and Y[i, j] = y[i]; with ij, X[i, j] = x[i] and Y[i, j] = y[j]",
    .gradient = "the sum of c over the axes of the other vectors",
    .shapes = "x (n), y (m): two times (m, n), or (n, m) with ij",
}};

}  // namespace xgrad
