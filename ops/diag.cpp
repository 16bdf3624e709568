#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/diag.hpp>
#include <xgrad/ops/moveaxis.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/slice/progression.hpp>
#include <xgrad/ops/sum.hpp>

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

static const Register registered_diagonal{{
    .name = "diagonal",
    .family = OperatorFamily::shape,
    .signature = "diagonal(x, offset = 0, axis1 = 0, axis2 = 1)",
    .summary = "The elements of a diagonal in the plane of two axes, along a new last axis.",
    .formula = "result[..., i] = x[..., i, i + offset]",
    .gradient = "zeros with c on the diagonal",
    .shapes = "x (n, m, ...): (..., min(n, m)) for offset 0",
}};
static const Register registered_trace{{
    .name = "trace",
    .family = OperatorFamily::shape,
    .signature = "trace(x, offset = 0, axis1 = 0, axis2 = 1)",
    .summary = "The sum of a diagonal in the plane of two axes; integers and booleans are added as int64.",
    .formula = "sum over i of x[i, i + offset]",
    .gradient = "zeros with c all along the diagonal",
    .shapes = "x (n, m, ...): (...)",
}};

static const Register registered_diag{{
    .name = "diag",
    .family = OperatorFamily::shape,
    .signature = "diag(x, offset = 0)",
    .summary = "A matrix with a vector on its diagonal, or the diagonal of a matrix.",
    .formula = "result[i, i + offset] = x[i], 0 elsewhere; of a matrix, result[i] = x[i, i + offset]",
    .gradient = "the diagonal of c; of a matrix, zeros with c on the diagonal",
    .shapes = "x (n,): (n + |offset|, n + |offset|); x (n, n): (n - |offset|,)",
}};

}  // namespace xgrad
