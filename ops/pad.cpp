#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/pad.hpp>
#include <xgrad/ops/slice/progression.hpp>
#include <xgrad/ops/take.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

void check(const Shape& shape, const std::vector<PadWidths>& widths, PadMode mode) {
  if (widths.size() != shape.rank()) {
    throw ShapeError(
        fmt::format("pad: expected widths for each axis of shape {}, but got {}; give {{0, 0}} to an axis "
                    "that stays as it is",
                    shape.to_string(), widths.size()));
  }
  for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
    const auto [before, after] = widths[axis];
    if (before < 0 || after < 0) {
      throw ValueError(fmt::format("pad: expected widths of 0 or more, but got {{{}, {}}} for axis {}; slice cuts off",
                                   before, after, axis));
    }
    if (before == 0 && after == 0) continue;
    if (!shape[axis].is_known()) {
      throw ShapeError(
          fmt::format("pad: expected widths {{0, 0}} for axis {} of shape {}, whose size is known only when "
                      "a function is called, but got {{{}, {}}}; pad an axis whose size is a number",
                      axis, shape.to_string(), before, after));
    }
    if (mode != PadMode::constant && shape[axis] == Dim(0)) {
      throw ShapeError(
          fmt::format("pad: axis {} of shape {} is empty, and nothing cannot be continued; use "
                      "PadMode::constant",
                      axis, shape.to_string()));
    }
  }
}

/// Where in an axis of `size` elements the one at `position` comes from, which may lie outside.
std::int64_t source(PadMode mode, std::int64_t position, std::int64_t size) {
  if (mode == PadMode::edge) return std::clamp<std::int64_t>(position, 0, size - 1);
  if (size == 1) return 0;
  const auto period = 2 * (size - 1);
  const auto phase = (position % period + period) % period;
  return std::min(phase, period - phase);
}

Tensor continued(Tensor x, const std::vector<PadWidths>& widths, PadMode mode) {
  for (std::size_t axis = 0; axis < widths.size(); ++axis) {
    const auto [before, after] = widths[axis];
    if (before == 0 && after == 0) continue;
    const auto size = x.shape()[axis].value();
    const auto padded = (CheckedSize("pad", before) + size + after).value();
    expect_listable("pad", "indices", padded);
    Array indices(DType::int64, {padded});
    auto position = -before;
    for (auto& index : indices.data<std::int64_t>()) index = source(mode, position++, size);
    x = take(x, constant(std::move(indices)), static_cast<std::int64_t>(axis));
  }
  return x;
}

}  // namespace

Tensor pad(const Tensor& x, const std::vector<PadWidths>& widths, PadMode mode, Number value) {
  check(x.shape(), widths, mode);
  if (mode != PadMode::constant) return continued(x, widths, mode);
  std::vector<Dim> dims;
  std::vector<Progression> places;
  for (std::size_t axis = 0; axis < x.rank(); ++axis) {
    const auto [before, after] = widths[axis];
    const Dim size = x.shape()[axis];
    dims.push_back(before == 0 && after == 0 ? size : Dim((CheckedSize("pad", before) + size.value() + after).value()));
    places.push_back({before, 1, size});
  }
  const auto result = place_progressions(x, Shape(dims), std::move(places), value);
  if (!(result == x)) number_like("pad", value, x);  // throws when the dtype cannot hold it
  return result;
}

static const Register registered_pad{{
    .name = "pad",
    .family = OperatorFamily::shape,
    .signature = "pad(x, widths, mode = PadMode::constant, value = 0)",
    .summary = "x with elements added before and after each axis: a number, the edge or a mirror image.",
    .formula = "result[before + i] = x[i]; beside it the value, the nearest element or the mirrored one",
    .gradient = "c without what was added; with edge and reflect each element also gets the c of its copies",
    .shapes = "x (n, m): (before_0 + n + after_0, before_1 + m + after_1)",
}};

}  // namespace xgrad
