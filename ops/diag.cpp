#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/diag.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/moveaxis.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/slice/progression.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The size of an axis that a diagonal crosses.
std::int64_t known_size(std::string_view where, const Shape& shape, std::size_t axis) {
  if (shape[axis].is_known()) return shape[axis].value();
  throw ShapeError(
      fmt::format("{}: expected axis {} of shape {} to have a number as its size, but got {}; name other "
                  "axes or give it a number",
                  where, axis, shape.to_string(), shape[axis].to_string()));
}

/// Where a diagonal lies among the rows * columns elements of a matrix.
Progression along_diagonal(std::int64_t rows, std::int64_t columns, std::int64_t offset) {
  const auto count = offset < 0 ? std::min(rows + offset, columns) : std::min(rows, columns - offset);
  if (count <= 0) return {0, 1, 0};
  return {offset < 0 ? -offset * columns : offset, columns + 1, count};
}

Tensor diagonal(std::string_view where, const Tensor& x, std::int64_t offset, std::int64_t axis1, std::int64_t axis2) {
  Axes{axis1, axis2}.normalized(where, x.rank());
  const auto last = moveaxis(x, {axis1, axis2}, {-2, -1});
  const auto rows = known_size(where, last.shape(), x.rank() - 2);
  const auto columns = known_size(where, last.shape(), x.rank() - 1);
  std::vector<Dim> dims(last.shape().begin(), last.shape().end() - 2);
  std::vector<Progression> places;
  for (const Dim size : dims) places.push_back(Progression::all(size));
  places.push_back(along_diagonal(rows, columns, offset));
  dims.push_back(rows * columns);
  return gather_progressions(reshape(last, Shape(dims)), std::move(places));
}

/// Of what reads a diagonal in the plane of two axes.
OperatorEntry plane_entry(std::string name, std::string summary, std::string formula, std::string gradient,
                          std::string shapes,
                          Tensor (*function)(const Tensor&, std::int64_t, std::int64_t, std::int64_t)) {
  return {
      .name = name,
      .family = OperatorFamily::shape,
      .signature = name + "(x, offset = 0, axis1 = 0, axis2 = 1)",
      .summary = std::move(summary),
      .formula = std::move(formula),
      .gradient = std::move(gradient),
      .shapes = std::move(shapes),
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents shape, std::int64_t offset, std::int64_t axis1,
                                 std::int64_t axis2) {
              samples.push_back({std::move(label),
                                 {sample_values(shape)},
                                 [=](auto x) { return function(x[0], offset, axis1, axis2); },
                                 {{"offset", {static_cast<double>(offset)}},
                                  {"axes", {static_cast<double>(axis1), static_cast<double>(axis2)}}}});
            };
            add("of a wide matrix", {2, 4}, 0, 0, 1);
            add("of a tall matrix", {4, 2}, 0, 0, 1);
            add("above", {3, 4}, 2, 0, 1);
            add("below", {4, 3}, -2, 0, 1);
            add("of each matrix", {2, 3, 3}, 1, -2, -1);
            add("first and last axis", {3, 2, 3}, -1, 0, 2);
            add("axes exchanged", {2, 3, 2}, 1, 2, 1);
            add("one element", {1, 1}, 0, 0, 1);
            add("outside", {2, 3}, 3, 0, 1);
            add("outside below", {2, 3}, -7, 0, 1);
            add("no elements", {0, 2, 2}, 0, 1, 2);
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"a vector", [=] { function(input({3}), 0, 0, 1); }, name + ": axis 1 does not exist"},
                {"one axis twice",
                 [=] {
                   function(input({2, 3}), 0, 1, -1);
                 },
                 name + ": axis 1 is named twice"},
                {"a symbol",
                 [=] {
                   function(input({batch, 3}), 0, 0, 1);
                 },
                 name + ": expected axis 0 of shape (batch, 3) to have a number as its size, but got batch"}};
          },
  };
}

}  // namespace

Tensor diagonal(const Tensor& x, std::int64_t offset, std::int64_t axis1, std::int64_t axis2) {
  return diagonal("diagonal", x, offset, axis1, axis2);
}

Tensor trace(const Tensor& x, std::int64_t offset, std::int64_t axis1, std::int64_t axis2) {
  return sum(diagonal("trace", x, offset, axis1, axis2), -1);
}

Tensor diag(const Tensor& x, std::int64_t offset) {
  if (x.rank() == 2) return diagonal("diag", x, offset, 0, 1);
  if (x.rank() != 1) {
    throw ShapeError(fmt::format("diag: expected a vector or a matrix, but got shape {}; diagonal takes more axes",
                                 x.shape().to_string()));
  }
  const auto count = known_size("diag", x.shape(), 0);
  const auto distance = offset < 0 ? CheckedSize("diag", 0) - offset : CheckedSize("diag", offset);
  const auto size = (distance + count).value();
  expect_tensor_fits("diag", {x.dtype(), {size, size}});
  const auto places = along_diagonal(size, size, offset);
  return reshape(place_progressions(x, {size * size}, {places}), {size, size});
}

static const Register registered_diagonal{
    plane_entry("diagonal", "The elements of a diagonal in the plane of two axes, along a new last axis.",
                "result[..., i] = x[..., i, i + offset]", "zeros with c on the diagonal",
                "x (n, m, ...): (..., min(n, m)) for offset 0", diagonal)};
static const Register registered_trace{plane_entry(
    "trace", "The sum of a diagonal in the plane of two axes; integers and booleans are added as int64.",
    "sum over i of x[i, i + offset]", "zeros with c all along the diagonal", "x (n, m, ...): (...)", trace)};

static const Register registered_diag{{
    .name = "diag",
    .family = OperatorFamily::shape,
    .signature = "diag(x, offset = 0)",
    .summary = "A matrix with a vector on its diagonal, or the diagonal of a matrix.",
    .formula = "result[i, i + offset] = x[i], 0 elsewhere; of a matrix, result[i] = x[i, i + offset]",
    .gradient = "the diagonal of c; of a matrix, zeros with c on the diagonal",
    .shapes = "x (n,): (n + |offset|, n + |offset|); x (n, n): (n - |offset|,)",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, std::int64_t offset) {
            samples.push_back({std::move(label),
                               {sample_values(shape)},
                               [=](auto x) { return diag(x[0], offset); },
                               {{"offset", {static_cast<double>(offset)}}}});
          };
          add("vector", {3}, 0);
          add("vector above", {2}, 2);
          add("vector below", {3}, -1);
          add("matrix", {2, 3}, 0);
          add("matrix above", {3, 3}, 1);
          samples.push_back({"of a Gram matrix",
                             {sample_values({3, 2})},
                             [](auto x) { return diag(dot(transpose(x[0]), x[0])); },
                             {{"gram", {1}}}});
          add("one element", {1}, 0);
          add("no elements", {0}, 0);
          add("zeros around no elements", {0}, 2);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"a scalar", [] { diag(input({})); }, "diag: expected a vector or a matrix, but got shape ()"},
              {"three axes",
               [] {
                 diag(input({2, 3, 4}));
               },
               "diag: expected a vector or a matrix, but got shape (2, 3, 4)"},
              {"a symbol", [] { diag(input({batch})); },
               "diag: expected axis 0 of shape (batch,) to have a number as its size, but got batch"}};
        },
}};

}  // namespace xgrad
