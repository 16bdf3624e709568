#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/merge_axes.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The axes of a tensor of rank `rank`, those in `last` behind the others.
std::vector<std::int64_t> order_with_last(const std::vector<std::size_t>& last, std::size_t rank) {
  std::vector<std::int64_t> order;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    if (!std::binary_search(last.begin(), last.end(), axis)) order.push_back(static_cast<std::int64_t>(axis));
  }
  order.insert(order.end(), last.begin(), last.end());
  return order;
}

std::vector<Dim> dims_at(const Shape& shape, const std::vector<std::int64_t>& axes) {
  std::vector<Dim> dims;
  for (auto axis : axes) dims.push_back(shape[static_cast<std::size_t>(axis)]);
  return dims;
}

/// The shape of merge_axes of a tensor whose sizes, in the order of merging, are `dims`.
Shape merged_shape(const std::vector<Dim>& dims, std::size_t count) {
  const auto first = dims.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<Dim> result(dims.begin(), first);
  result.push_back(Shape(std::vector<Dim>(first, dims.end())).size());
  return Shape(result);
}

}  // namespace

Tensor merge_axes(const Tensor& x, const Axes& axes) {
  const auto merged = axes.normalized("merge_axes", x.rank());
  const auto order = order_with_last(merged, x.rank());
  return reshape(transpose(x, order), merged_shape(dims_at(x.shape(), order), merged.size()));
}

Tensor split_axes(const Tensor& merged, const Axes& axes, const Shape& shape) {
  const auto split = axes.normalized("split_axes", shape.rank());
  const auto order = order_with_last(split, shape.rank());
  const auto dims = dims_at(shape, order);
  if (const auto expected = merged_shape(dims, split.size()); !(merged.shape() == expected)) {
    throw ShapeError(fmt::format(
        "split_axes: expected shape {}, which merge_axes makes of {}, but got {}; give the shape before merging",
        expected.to_string(), shape.to_string(), merged.shape().to_string()));
  }
  std::vector<std::int64_t> back(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    back[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
  return transpose(reshape(merged, Shape(dims)), back);
}

static const Register registered_merge_axes{{
    .name = "merge_axes",
    .family = OperatorFamily::shape,
    .signature = "merge_axes(x, axes)",
    .summary = "x with some axes moved behind the others and merged into one.",
    .formula = "the elements of x",
    .gradient = "split_axes(c, axes, shape of x)",
    .shapes = "x (a, b, c) over axes 0 and 2: (b, a*c)",
}};

static const Register registered_split_axes{{
    .name = "split_axes",
    .family = OperatorFamily::shape,
    .signature = "split_axes(merged, axes, shape)",
    .summary = "The tensor of a shape that merge_axes would have merged to this one.",
    .formula = "the elements of merged",
    .gradient = "merge_axes(c, axes)",
    .shapes = "merged (b, a*c) with axes 0 and 2 of shape (a, b, c): (a, b, c)",
}};

}  // namespace xgrad
