#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/slice/progression.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

/// The places of a range in an axis of a known size.
Progression resolve(const Range& range, std::int64_t size) {
  // Longer steps leave the axis as well; they would only overflow.
  const auto step = std::clamp(range.step, -size - 1, size + 1);
  const std::int64_t first = step > 0 ? 0 : -1;  // where a walk can stop or begin, from here ...
  const auto last = first + size;                // ... to there
  const auto position = [=](const std::optional<std::int64_t>& given, std::int64_t otherwise) {
    if (!given) return otherwise;
    return std::clamp(*given < 0 ? *given + size : *given, first, last);
  };
  const auto start = position(range.start, step > 0 ? first : last);
  const auto stop = position(range.stop, step > 0 ? last : first);
  const auto distance = step > 0 ? stop - start : start - stop;
  if (distance <= 0) return {0, 1, 0};
  return {start, step, (distance - 1) / std::abs(step) + 1};
}

std::string to_string(const Range& range) {
  const auto text = [](const std::optional<std::int64_t>& end) { return end ? std::to_string(*end) : ""; };
  return fmt::format("{}:{}:{}", text(range.start), text(range.stop), range.step);
}

Progression resolve(const Range& range, const Shape& shape, std::size_t axis) {
  if (range.step == 0) throw ValueError("slice: expected a step other than 0; 1 takes every element, -1 reverses them");
  const Dim size = shape[axis];
  if (size.is_known()) return resolve(range, size.value());
  const bool forward = range.step == 1 && range.start.value_or(0) == 0;
  const bool reversed = range.step == -1 && range.start.value_or(-1) == -1;
  if (range.stop || !(forward || reversed)) {
    throw ShapeError(
        fmt::format("slice: expected all of axis {} of shape {}, in order or reversed, because the size {} is known "
                    "only when a function is called, but got {}; give the axis a number or slice another",
                    axis, shape.to_string(), size.to_string(), to_string(range)));
  }
  return {forward ? 0 : -1, range.step, size};
}

}  // namespace

Tensor slice(const Tensor& x, const std::vector<Range>& ranges) {
  if (ranges.size() > x.rank()) {
    throw ShapeError(
        fmt::format("slice: expected at most one range for each axis of shape {}, but got {}; leave some out",
                    x.shape().to_string(), ranges.size()));
  }
  std::vector<Progression> places;
  for (std::size_t axis = 0; axis < x.rank(); ++axis) {
    places.push_back(resolve(axis < ranges.size() ? ranges[axis] : Range{}, x.shape(), axis));
  }
  return gather_progressions(x, std::move(places));
}

Tensor slice(const Tensor& x, const Range& range, std::int64_t axis) {
  std::vector<Range> ranges(normalize_axis("slice", axis, x.rank()) + 1);
  ranges.back() = range;
  return slice(x, ranges);
}

static const Register registered_slice{{
    .name = "slice",
    .family = OperatorFamily::shape,
    .signature = "slice(x, {start:stop:step, ...})",
    .summary = "Every step-th element between two positions, along each axis.",
    .formula = "result[i, j] = x[start_0 + i * step_0, start_1 + j * step_1]",
    .gradient = "zeros with c at the places taken",
    .shapes = "x (n, m): (ceil((stop_0 - start_0) / step_0), ...); an axis whose size is a symbol is taken whole",
}};

}  // namespace xgrad
