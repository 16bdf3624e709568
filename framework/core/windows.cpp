#include <xgrad/framework/core/checked_size.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/windows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace xgrad {
namespace {

/// The quotient rounded up, also for negative dividends.
std::int64_t ceil_divide(std::int64_t dividend, std::int64_t divisor) {
  return dividend > 0 ? (dividend - 1) / divisor + 1 : dividend / divisor;
}

Shape surrounded(Dim samples, std::span<const WindowAxis> axes, Dim channels,
                 std::int64_t (*size)(const WindowAxis& axis)) {
  std::vector<Dim> dims{samples};
  std::transform(axes.begin(), axes.end(), std::back_inserter(dims), size);
  dims.push_back(channels);
  return Shape(dims);
}

}  // namespace

WindowAxis moving_window(std::string_view where, const WindowMotion& motion) {
  const auto& [size, count, taps, stride, dilation, before] = motion;
  const auto span = CheckedSize(where, taps - 1) * dilation + 1;
  // The last window may begin before the end of the padding and end behind it.
  (CheckedSize(where, std::max<std::int64_t>(count - 1, 0)) * stride + span.value() + size + before).value();
  return {.size = size, .count = count, .taps = taps, .dilation = dilation, .motion = motion};
}

Window WindowAxis::on_padding(std::int64_t start) const {
  const auto first = std::max<std::int64_t>(ceil_divide(-start, dilation), 0);
  const auto last = std::min(ceil_divide(size - start, dilation), taps);
  return {start + first * dilation, first, std::max<std::int64_t>(last - first, 0)};
}

WindowAxis equal_parts(std::int64_t size, std::int64_t count) {
  // Part i starts a fraction of (i * size mod count) / count behind an element, and these are the multiples of the
  // greatest common divisor: only where more than that is left over does a part cover two pieces of elements.
  const auto rest = size % count;
  const auto pieces = rest == 0 ? 0 : rest > std::gcd(rest, count) ? 2 : 1;
  return {.size = size, .count = count, .taps = size / count + pieces, .motion = std::nullopt};
}

Window WindowAxis::part(std::int64_t index) const {
  // index * size / count, of numbers whose product may leave 64 bits.
  const auto whole = size / count;
  const auto rest = size % count;
  const auto begin = index * whole + index * rest / count;
  const auto end = (index + 1) * whole + ceil_divide((index + 1) * rest, count);
  return {begin, 0, end - begin};
}

bool WindowAxis::is_padded() const {
  if (!motion) return size % count > std::gcd(size % count, count);
  const auto last_start = (count - 1) * motion->stride - motion->before;
  return count > 0 && (motion->before > 0 || last_start + motion->extent() > size);
}

bool WindowAxis::has_empty_window() const {
  if (count == 0) return false;
  if (window(0).count == 0 || window(count - 1).count == 0) return true;
  if (!motion || size >= dilation) return false;  // a tap of each window between lies on an element
  for (std::int64_t index = 0; index < count && index * motion->stride < motion->before; ++index) {
    if (window(index).count == 0) return true;
  }
  return false;
}

Windows::Windows(std::vector<WindowAxis> axes) : rank_(axes.size()) {
  std::move(axes.begin(), axes.end(), axes_.end() - static_cast<std::ptrdiff_t>(rank_));
  const auto check_product = [&](std::int64_t WindowAxis::*number) {
    (CheckedSize("windows", axes_[0].*number) * (axes_[1].*number) * (axes_[2].*number)).value();
  };
  check_product(&WindowAxis::size);
  check_product(&WindowAxis::count);
  check_product(&WindowAxis::taps);
  for (const auto& axis : axes_) {
    is_padded_ |= axis.is_padded();
    has_empty_window_ |= axis.has_empty_window();
  }
}

Shape Windows::elements_shape(Dim samples, Dim channels) const {
  return surrounded(samples, axes(), channels, [](const WindowAxis& axis) { return axis.size; });
}

Shape Windows::positions_shape(Dim samples, Dim channels) const {
  return surrounded(samples, axes(), channels, [](const WindowAxis& axis) { return axis.count; });
}

Attributes Windows::attributes() const {
  Extents sizes, counts, taps, strides, dilation, before;
  for (const auto& axis : axes()) {
    sizes.push_back(axis.size);
    counts.push_back(axis.count);
    taps.push_back(axis.taps);
    strides.push_back(axis.motion ? axis.motion->stride : 0);
    dilation.push_back(axis.dilation);
    before.push_back(axis.motion ? axis.motion->before : 0);
  }
  return {{"sizes", sizes},     {"counts", counts},     {"taps", taps},
          {"strides", strides}, {"dilation", dilation}, {"before", before}};
}

Extents window_sizes(std::string_view where, const Shape& x, std::size_t rank) {
  if (rank == 0 ? x.rank() < 3 || x.rank() > 5 : x.rank() != rank + 2) {
    throw ShapeError(
        fmt::format("{}: expected x to have samples first, {} for a window to move along, and channels "
                    "last, but got shape {}; reshape it",
                    where, rank == 0 ? "one to three axes" : fmt::format("{} axes", rank), x.to_string()));
  }
  Extents sizes;
  for (std::size_t axis = 1; axis + 1 < x.rank(); ++axis) {
    if (!x[axis].is_known()) {
      throw ShapeError(
          fmt::format("{}: expected sizes to be numbers along the axes that a window moves along, but axis "
                      "{} of shape {} is {}; only the first axis can be a symbol",
                      where, axis, x.to_string(), x[axis].to_string()));
    }
    sizes.push_back(x[axis].value());
  }
  return sizes;
}

std::int64_t least_dilation(std::int64_t dilation, std::int64_t size) { return std::min(dilation, 4 * (size + 1)); }

Windows moving_windows(std::string_view where, std::string_view operands, std::span<const std::int64_t> sizes,
                       std::span<const std::int64_t> taps, const WindowOptions& options) {
  const auto strides = options.strides.along(where, "strides", sizes.size());
  const auto dilation = options.dilation.along(where, "dilation", sizes.size());
  const auto padding = options.padding.along(where, sizes.size());
  std::vector<WindowAxis> axes;
  for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
    WindowMotion motion{sizes[axis], 0, taps[axis], strides[axis], dilation[axis], 0};
    if (options.padding.is_same()) motion.dilation = least_dilation(motion.dilation, motion.size);
    const auto span = (CheckedSize(where, motion.taps - 1) * motion.dilation + 1).value();
    auto [before, after] = padding[axis];
    if (options.padding.is_same()) {
      const auto missing = (ceil_divide(motion.size, motion.stride) - 1) * motion.stride + span - motion.size;
      before = std::max<std::int64_t>(missing, 0) / 2;
      after = std::max<std::int64_t>(missing, 0) - before;
    } else if (std::max(before, after) > span) {
      throw ShapeError(
          fmt::format("{}: {} do not fit: along axis {} there are {} elements of padding before and {} "
                      "after, more than the {} that a window spans; pad less",
                      where, operands, axis + 1, before, after, span));
    }
    const auto padded = (CheckedSize(where, motion.size) + before + after).value();
    if (motion.size == 0 || padded < span) {
      throw ShapeError(
          fmt::format("{}: {} do not fit: along axis {} a window spans {} elements, but there are {}, "
                      "padding included; use a smaller window or pad more",
                      where, operands, axis + 1, span, padded));
    }
    motion.before = before;
    motion.count = (padded - span) / motion.stride + 1;
    axes.push_back(moving_window(where, motion));
  }
  return Windows(std::move(axes));
}

Windows windows_over(std::string_view where, const Shape& x, const WindowSizes& size, const WindowOptions& options,
                     std::size_t rank) {
  const auto sizes = window_sizes(where, x, rank);
  const auto taps = size.along(where, "size", sizes.size());
  const auto operands = fmt::format("x {} and windows {}", x.to_string(), xgrad::to_string(taps));
  return moving_windows(where, operands, sizes, taps, options);
}

Windows pooling_windows(std::string_view where, const Shape& x, const WindowSizes& size, const WindowOptions& options,
                        std::size_t rank) {
  auto moving = options;
  if (!moving.strides.is_given()) moving.strides = size;
  auto windows = windows_over(where, x, size, moving, rank);
  if (windows.has_empty_window()) {
    throw ShapeError(fmt::format("{}: x {} and windows {} do not fit: a window lies on padding alone; pad less", where,
                                 x.to_string(), xgrad::to_string(size.along(where, "size", rank))));
  }
  return windows;
}

Windows equal_windows(std::string_view where, const Shape& x, const WindowSizes& counts, std::size_t rank) {
  const auto sizes = window_sizes(where, x, rank);
  const auto parts = counts.along(where, "counts", rank);
  std::vector<WindowAxis> axes;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    if (sizes[axis] == 0) {
      throw ShapeError(fmt::format("{}: x {} does not divide into {} parts: axis {} is empty; give it elements", where,
                                   x.to_string(), xgrad::to_string(parts), axis + 1));
    }
    axes.push_back(equal_parts(sizes[axis], parts[axis]));
  }
  return Windows(std::move(axes));
}

}  // namespace xgrad
