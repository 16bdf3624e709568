#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/moveaxis.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace xgrad {

Tensor moveaxis(const Tensor& x, const std::vector<std::int64_t>& source,
                const std::vector<std::int64_t>& destination) {
  if (source.size() != destination.size()) {
    throw ShapeError(
        fmt::format("moveaxis: expected as many destinations as sources, but got {} and {}; name one for "
                    "each axis that moves",
                    destination.size(), source.size()));
  }
  const auto moved = Axes(source).normalized("moveaxis", x.rank());
  Axes(destination).normalized("moveaxis", x.rank());
  std::vector<std::pair<std::size_t, std::size_t>> moves;  // sorted by destination
  for (std::size_t i = 0; i < source.size(); ++i) {
    moves.emplace_back(normalize_axis("moveaxis", destination[i], x.rank()),
                       normalize_axis("moveaxis", source[i], x.rank()));
  }
  std::sort(moves.begin(), moves.end());
  std::vector<std::int64_t> order;
  for (std::size_t axis = 0; axis < x.rank(); ++axis) {
    if (!std::binary_search(moved.begin(), moved.end(), axis)) order.push_back(static_cast<std::int64_t>(axis));
  }
  for (const auto& [to, from] : moves) {
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), static_cast<std::int64_t>(from));
  }
  return transpose(x, order);
}

Tensor moveaxis(const Tensor& x, std::int64_t source, std::int64_t destination) {
  return moveaxis(x, std::vector{source}, std::vector{destination});
}

Tensor swapaxes(const Tensor& x, std::int64_t axis1, std::int64_t axis2) {
  std::vector<std::int64_t> order(x.rank());
  std::iota(order.begin(), order.end(), 0);
  std::swap(order[normalize_axis("swapaxes", axis1, x.rank())], order[normalize_axis("swapaxes", axis2, x.rank())]);
  return transpose(x, order);
}

static const Register registered_moveaxis{{
    .name = "moveaxis",
    .family = OperatorFamily::shape,
    .signature = "moveaxis(x, source, destination)",
    .summary = "x with axes moved to other places; the others keep their order.",
    .formula = "result[j, k, i] = x[i, j, k] for source 0 and destination -1",
    .gradient = "c with the axes moved back",
    .shapes = "x (a, b, c): (b, c, a) for source 0 and destination -1",
}};

static const Register registered_swapaxes{{
    .name = "swapaxes",
    .family = OperatorFamily::shape,
    .signature = "swapaxes(x, axis1, axis2)",
    .summary = "x with two axes exchanged.",
    .formula = "result[k, j, i] = x[i, j, k] for axes 0 and 2",
    .gradient = "c with the same axes exchanged",
    .shapes = "x (a, b, c): (c, b, a) for axes 0 and 2",
}};

}  // namespace xgrad
