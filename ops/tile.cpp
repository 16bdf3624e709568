#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/take.hpp>
#include <xgrad/ops/tile.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

void expect_counts(std::string_view where, const std::vector<std::int64_t>& counts) {
  for (auto count : counts) {
    if (count < 0) throw ValueError(fmt::format("{}: expected counts of 0 or more, but got {}", where, count));
  }
}

}  // namespace

Tensor tile(const Tensor& x, const std::vector<std::int64_t>& counts) {
  expect_counts("tile", counts);
  // An axis of copies before each axis, merged with it in the end.
  const auto rank = std::max(x.rank(), counts.size());
  std::vector<Dim> apart, repeated, result;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const Dim size = axis + x.rank() < rank ? Dim(1) : x.shape()[axis + x.rank() - rank];
    const Dim count = axis + counts.size() < rank ? 1 : counts[axis + counts.size() - rank];
    apart.insert(apart.end(), {1, size});
    repeated.insert(repeated.end(), {count, size});
    result.push_back(count * size);
  }
  return reshape(broadcast_to(reshape(x, Shape(apart)), Shape(repeated)), Shape(result));
}

Tensor repeat(const Tensor& x, std::int64_t count, std::int64_t axis) {
  expect_counts("repeat", {count});
  const auto along = normalize_axis("repeat", axis, x.rank());
  std::vector<Dim> apart = x.shape().dims();
  const auto copies = apart.begin() + static_cast<std::ptrdiff_t>(along) + 1;
  std::vector<Dim> repeated = apart;
  repeated.insert(repeated.begin() + (copies - apart.begin()), count);
  apart.insert(copies, 1);
  Shape result = x.shape();
  result[along] = result[along] * count;
  return reshape(broadcast_to(reshape(x, Shape(apart)), Shape(repeated)), result);
}

Tensor repeat(const Tensor& x, std::int64_t count) { return repeat(reshape(x, {infer_dim}), count, 0); }

Tensor repeat(const Tensor& x, const std::vector<std::int64_t>& counts, std::int64_t axis) {
  expect_counts("repeat", counts);
  const auto along = normalize_axis("repeat", axis, x.rank());
  if (!(x.shape()[along] == Dim(counts.size()))) {
    throw ShapeError(
        fmt::format("repeat: expected a count for each element along axis {} of shape {}, but got {}; one "
                    "count for all is a number",
                    along, x.shape().to_string(), counts.size()));
  }
  CheckedSize total("repeat", 0);
  for (auto count : counts) total = total + count;
  expect_listable("repeat", "indices", total.value());
  Array indices(DType::int64, {total.value()});
  auto next = indices.data<std::int64_t>().begin();
  for (std::size_t i = 0; i < counts.size(); ++i) next = std::fill_n(next, counts[i], static_cast<std::int64_t>(i));
  return take(x, constant(std::move(indices)), static_cast<std::int64_t>(along));
}

static const Register registered_tile{{
    .name = "tile",
    .family = OperatorFamily::shape,
    .signature = "tile(x, counts)",
    .summary = "x side by side with itself, a number of times along each axis.",
    .formula = "result[i, j] = x[i mod n, j mod m]",
    .gradient = "the sum of c over the copies",
    .shapes = "x (n, m): (counts_0 * n, counts_1 * m)",
}};

static const Register registered_repeat{{
    .name = "repeat",
    .family = OperatorFamily::shape,
    .signature = "repeat(x, count or counts, axis), repeat(x, count)",
    .summary = "x with each element along an axis a number of times, one beside the other.",
    .formula = "result[i] = x[i / count], rounded down",
    .gradient = "the sum of c over the copies of an element",
    .shapes = "x (n, ...) and axis 0: (count * n, ...), or (sum(counts), ...); without axis (count * elements,)",
}};

}  // namespace xgrad
