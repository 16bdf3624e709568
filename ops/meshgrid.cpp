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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, std::vector<std::int64_t> sizes, MeshIndexing indexing,
                               std::size_t output, double axis) {
            std::vector<Array> vectors;
            for (auto size : sizes) vectors.push_back(sample_values({size}, -2, 2, static_cast<int>(vectors.size())));
            samples.push_back({std::move(label),
                               std::move(vectors),
                               [=](auto x) {
                                 return meshgrid({x.begin(), x.end()}, indexing)[output];
                               },
                               {{"xy", {indexing == MeshIndexing::xy ? 1.0 : 0.0}},
                                {"output", {static_cast<double>(output)}},
                                {"axis", {axis}}}});
          };
          add("first of xy", {3, 2}, MeshIndexing::xy, 0, 1);
          add("second of xy", {3, 2}, MeshIndexing::xy, 1, 0);
          add("third of xy", {2, 1, 3}, MeshIndexing::xy, 2, 2);
          add("first of ij", {3, 2}, MeshIndexing::ij, 0, 0);
          add("second of ij", {2, 3, 2}, MeshIndexing::ij, 1, 1);
          add("one vector", {3}, MeshIndexing::xy, 0, 0);
          add("one element", {1, 1}, MeshIndexing::xy, 0, 1);
          add("no elements", {0, 2}, MeshIndexing::xy, 0, 1);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"a matrix",
                                         [] {
                                           meshgrid({input({3}), input({2, 3})});
                                         },
                                         "meshgrid: expected vectors, but got shape (2, 3) at place 1"}};
        },
}};

}  // namespace xgrad
