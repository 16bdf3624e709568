#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/windows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace xgrad {
namespace {

/// The quotient rounded up, also for negative dividends.
std::int64_t ceil_divide(std::int64_t dividend, std::int64_t divisor) {
  return dividend > 0 ? (dividend + divisor - 1) / divisor : dividend / divisor;
}

Shape surrounded(Dim samples, std::span<const WindowAxis> axes, Dim channels,
                 std::int64_t (*size)(const WindowAxis& axis)) {
  std::vector<Dim> dims{samples};
  std::transform(axes.begin(), axes.end(), std::back_inserter(dims), size);
  dims.push_back(channels);
  return Shape(std::move(dims));
}

}  // namespace

WindowAxis moving_window(const WindowMotion& motion) {
  const auto& [size, count, taps, stride, dilation, before] = motion;
  WindowAxis axis{size, taps, dilation, {}, {}, motion};
  axis.text = fmt::format("(size={}, count={}, taps={}, stride={}, dilation={}, before={})", size, count, taps, stride,
                          dilation, before);
  for (std::int64_t index = 0; index < count; ++index) {
    const auto start = index * stride - before;
    const auto first = std::max<std::int64_t>(ceil_divide(-start, dilation), 0);
    const auto last = std::min(ceil_divide(size - start, dilation), taps);
    axis.windows.push_back({start + first * dilation, first, std::max<std::int64_t>(last - first, 0)});
  }
  return axis;
}

WindowAxis equal_parts(std::int64_t size, std::int64_t count) {
  WindowAxis axis{size, 0, 1, {}, fmt::format("(size={}, parts={})", size, count), std::nullopt};
  for (std::int64_t index = 0; index < count; ++index) {
    const auto begin = index * size / count;
    const auto end = ceil_divide((index + 1) * size, count);
    axis.windows.push_back({begin, 0, end - begin});
    axis.taps = std::max(axis.taps, end - begin);
  }
  return axis;
}

Windows::Windows(std::vector<WindowAxis> axes) : rank_(axes.size()) {
  std::move(axes.begin(), axes.end(), axes_.end() - static_cast<std::ptrdiff_t>(rank_));
  for (const auto& axis : axes_) {
    for (const auto& window : axis.windows) {
      is_padded_ |= window.count < axis.taps;
      has_empty_window_ |= window.count == 0;
    }
  }
}

Shape Windows::elements_shape(Dim samples, Dim channels) const {
  return surrounded(samples, axes(), channels, [](const WindowAxis& axis) { return axis.size; });
}

Shape Windows::positions_shape(Dim samples, Dim channels) const {
  return surrounded(samples, axes(), channels, [](const WindowAxis& axis) { return axis.count(); });
}

std::string Windows::to_string() const {
  return std::accumulate(axes().begin(), axes().end(), std::string("windows="),
                         [](std::string text, const WindowAxis& axis) { return std::move(text) + axis.text; });
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

Windows moving_windows(std::string_view where, std::string_view operands, std::span<const std::int64_t> sizes,
                       std::span<const std::int64_t> taps, const WindowOptions& options) {
  const auto strides = options.strides.along(where, "strides", sizes.size());
  const auto dilation = options.dilation.along(where, "dilation", sizes.size());
  const auto padding = options.padding.along(where, sizes.size());
  std::vector<WindowAxis> axes;
  for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
    WindowMotion motion{sizes[axis], 0, taps[axis], strides[axis], dilation[axis], 0};
    auto [before, after] = padding[axis];
    if (options.padding.is_same()) {
      const auto missing =
          (ceil_divide(motion.size, motion.stride) - 1) * motion.stride + motion.extent() - motion.size;
      before = std::max<std::int64_t>(missing, 0) / 2;
      after = std::max<std::int64_t>(missing, 0) - before;
    } else if (std::max(before, after) > motion.extent()) {
      throw ShapeError(
          fmt::format("{}: {} do not fit: along axis {} there are {} elements of padding before and {} "
                      "after, more than the {} that a window spans; pad less",
                      where, operands, axis + 1, before, after, motion.extent()));
    }
    const auto padded = before + motion.size + after;
    if (motion.size == 0 || padded < motion.extent()) {
      throw ShapeError(
          fmt::format("{}: {} do not fit: along axis {} a window spans {} elements, but there are {}, "
                      "padding included; use a smaller window or pad more",
                      where, operands, axis + 1, motion.extent(), padded));
    }
    motion.before = before;
    motion.count = (padded - motion.extent()) / motion.stride + 1;
    axes.push_back(moving_window(motion));
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
