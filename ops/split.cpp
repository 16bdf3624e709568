#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/split.hpp>

#include <fmt/format.h>

namespace xgrad {

std::vector<Tensor> split(const Tensor& x, std::int64_t sections, std::int64_t axis) {
  const auto along = normalize_axis("split", axis, x.rank());
  if (sections < 1) throw ValueError(fmt::format("split: expected at least one section, but got {}", sections));
  expect_listable("split", "sections", sections);
  const Dim size = x.shape()[along];
  const auto part = size.divided_by(sections);
  if (!part) {
    throw ShapeError(
        fmt::format("split: expected {} to divide axis {} of shape {}, which has size {}; name the "
                    "positions to cut at instead",
                    sections, along, x.shape().to_string(), size.to_string()));
  }
  // Through an axis of sections, whose size is known also where that of a part is a symbol.
  std::vector<Dim> dims = x.shape().dims();
  dims[along] = *part;
  const Shape shape(dims);
  dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(along), sections);
  const Tensor cut = reshape(x, Shape(dims));
  std::vector<Tensor> parts;
  for (std::int64_t i = 0; i < sections; ++i) {
    parts.push_back(reshape(slice(cut, {i, i + 1}, static_cast<std::int64_t>(along)), shape));
  }
  return parts;
}

std::vector<Tensor> split(const Tensor& x, const std::vector<std::int64_t>& positions, std::int64_t axis) {
  const auto along = normalize_axis("split", axis, x.rank());
  if (!x.shape()[along].is_known()) {
    throw ShapeError(
        fmt::format("split: expected axis {} of shape {} to have a number as its size, because positions "
                    "are counted along it, but got {}; name the number of sections instead",
                    along, x.shape().to_string(), x.shape()[along].to_string()));
  }
  std::vector<Tensor> parts;
  Range range{.start = 0};
  for (auto position : positions) {
    range.stop = position;
    parts.push_back(slice(x, range, axis));
    range.start = position;
  }
  parts.push_back(slice(x, {.start = range.start}, axis));
  return parts;
}

static const Register registered_split{{
    .name = "split",
    .family = OperatorFamily::shape,
    .signature = "split(x, sections or positions, axis = 0)",
    .summary = "x cut into parts along an axis.",
    .formula = "x[:p], x[p:q], x[q:] for positions p and q; k parts of equal size for k sections",
    .gradient = "zeros with the c of a part in its place",
    .shapes = "x (n, ...) and k sections: k times (n / k, ...)",
}};

}  // namespace xgrad
