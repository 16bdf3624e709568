#pragma once

#include <xgrad/framework/core/attributes.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xgrad {

/// The taps of a window that lie on elements, not on padding, along one axis.
struct Window {
  std::int64_t element;  ///< the first one
  std::int64_t tap;      ///< the tap that lies on it
  std::int64_t count;    ///< of taps, one after the other
};

/// How a window moves along one axis.
struct WindowMotion {
  std::int64_t size;      ///< elements
  std::int64_t count;     ///< windows
  std::int64_t taps;      ///< of each
  std::int64_t stride;    ///< elements from one window to the next
  std::int64_t dilation;  ///< elements from one tap to the next
  std::int64_t before;    ///< padding before the first element

  friend auto operator<=>(const WindowMotion&, const WindowMotion&) = default;

  /// Elements that a window spans.
  std::int64_t extent() const { return (taps - 1) * dilation + 1; }
};

/// Windows along one axis. They are computed when they are asked for: there may be many.
struct WindowAxis {
  std::int64_t size = 1;                                                ///< elements
  std::int64_t count = 1;                                               ///< windows
  std::int64_t taps = 1;                                                ///< of each window, or of the longest
  std::int64_t dilation = 1;                                            ///< elements from one tap to the next
  std::optional<WindowMotion> motion = WindowMotion{1, 1, 1, 1, 1, 0};  ///< none for equal parts

  /// Window `index`, below `count`.
  Window window(std::int64_t index) const {
    if (!motion) return part(index);
    const auto start = index * motion->stride - motion->before;
    const bool is_inside = start >= 0 && start + motion->extent() <= size;
    return is_inside ? Window{start, 0, taps} : on_padding(start);
  }

  /// True when taps of some window lie on padding, or some window has fewer than another.
  bool is_padded() const;

  /// True when all taps of some window lie on padding.
  bool has_empty_window() const;

 private:
  Window on_padding(std::int64_t start) const;
  Window part(std::int64_t index) const;
};

/// Throws ShapeError, with `where` as its first word, when 64 bits cannot count the elements that windows span.
WindowAxis moving_window(std::string_view where, const WindowMotion& motion);

/// An axis cut into `count` parts that are as equal as can be and may overlap by one element, as PyTorch's adaptive
/// pooling does: part i from floor(i * size / count) to ceil((i + 1) * size / count).
WindowAxis equal_parts(std::int64_t size, std::int64_t count);

/// Taps of a window that are neighbours along the last axis and lie on elements.
struct WindowRun {
  std::int64_t window;   ///< counted from the first one asked for
  std::int64_t tap;      ///< the first one
  std::int64_t taps;     ///< how many
  std::int64_t element;  ///< under the first one, counted through all samples; others follow in steps of the dilation
  bool is_first;         ///< of its window
};

/// Windows over one to three axes: the product of those along each axis.
class Windows {
 public:
  /// Throws ShapeError when 64 bits cannot count elements, positions or taps.
  explicit Windows(std::vector<WindowAxis> axes);

  /// The axes asked for, without those of one element before them.
  std::span<const WindowAxis> axes() const { return std::span(axes_).last(rank_); }

  /// How windows move along each of three axes, those of one element first. Not for parts that are unlike.
  std::array<WindowMotion, 3> motion() const {
    return {axes_[0].motion.value(), axes_[1].motion.value(), axes_[2].motion.value()};
  }

  std::int64_t elements() const { return axes_[0].size * axes_[1].size * axes_[2].size; }
  std::int64_t positions() const { return axes_[0].count * axes_[1].count * axes_[2].count; }
  std::int64_t taps() const { return axes_[0].taps * axes_[1].taps * axes_[2].taps; }

  /// (n, sizes..., channels).
  Shape elements_shape(Dim samples, Dim channels) const;
  /// (n, counts..., channels).
  Shape positions_shape(Dim samples, Dim channels) const;

  /// True when taps of some window lie on padding.
  bool is_padded() const { return is_padded_; }

  /// True when all taps of some window lie on padding.
  bool has_empty_window() const { return has_empty_window_; }

  /// For those of an operator: one number for each axis; a stride of 0 means parts that are as equal as can be.
  Attributes attributes() const;

  /// Calls visit(run) for each run of the taps from `first_tap` to `last_tap`, given as row-major numbers and taken in
  /// whole lines along the last axis, under `count` windows from window `first` on, counted through all samples. Of
  /// each window, runs come in the order of their taps.
  template <class Visit>
  void for_each_run(std::int64_t first, std::int64_t count, Visit visit, std::int64_t first_tap = 0,
                    std::int64_t last_tap = std::numeric_limits<std::int64_t>::max()) const;

  /// Elements from one tap of a run to the next.
  std::int64_t step() const { return axes_[2].dilation; }

 private:
  std::array<WindowAxis, 3> axes_;
  std::size_t rank_;
  bool is_padded_ = false;
  bool has_empty_window_ = false;
};

/// The sizes of x (n, sizes..., channels) between samples and channels. Throws ShapeError, with `where` as its first
/// word, when there are not `rank` of them, or not one to three when `rank` is 0, or when one is a symbol.
Extents window_sizes(std::string_view where, const Shape& x, std::size_t rank = 0);

/// A dilation that means the same as `dilation` over `size` elements with padding "same", which grows with it: of the
/// taps of a window, those beside the one in the middle lie on padding.
std::int64_t least_dilation(std::int64_t dilation, std::int64_t size);

/// A window of `taps` moving over `sizes`. `operands` names the shapes for errors: "x (2, 3, 1) and weights (5, 1, 4)".
/// Throws ShapeError when the window does not fit or there is more padding than window.
Windows moving_windows(std::string_view where, std::string_view operands, std::span<const std::int64_t> sizes,
                       std::span<const std::int64_t> taps, const WindowOptions& options);

/// A window of `size` moving over x (n, sizes..., channels); see `window_sizes` and `moving_windows` for `rank` and
/// errors.
Windows windows_over(std::string_view where, const Shape& x, const WindowSizes& size, const WindowOptions& options,
                     std::size_t rank = 0);

/// As `windows_over`, for what needs an element under each window: its stride is its size unless given. Throws
/// ShapeError when a window lies on padding alone.
Windows pooling_windows(std::string_view where, const Shape& x, const WindowSizes& size, const WindowOptions& options,
                        std::size_t rank);

/// `counts` equal parts of x (n, sizes..., channels) along each axis. Throws ShapeError when there is nothing to cut.
Windows equal_windows(std::string_view where, const Shape& x, const WindowSizes& counts, std::size_t rank);

template <class Visit>
void Windows::for_each_run(std::int64_t first, std::int64_t count, Visit visit, std::int64_t first_tap,
                           std::int64_t last_tap) const {
  const auto& [planes, rows, columns] = axes_;
  // All windows of a line before the next line of taps: few instructions for each run.
  for (std::int64_t index = 0, line = 0; index < count; index += line) {
    const auto column = (first + index) % columns.count;
    const auto row = (first + index) / columns.count;
    const auto plane = row / rows.count;
    line = std::min(columns.count - column, count - index);
    const auto over_planes = planes.window(plane % planes.count);
    const auto over_rows = rows.window(row % rows.count);
    for (std::int64_t i = 0; i < over_planes.count; ++i) {
      const auto z = plane / planes.count * planes.size + over_planes.element + i * planes.dilation;
      for (std::int64_t j = 0; j < over_rows.count; ++j) {
        const auto y = z * rows.size + over_rows.element + j * rows.dilation;
        const auto tap = ((over_planes.tap + i) * rows.taps + over_rows.tap + j) * columns.taps;
        if (tap >= last_tap || tap + columns.taps <= first_tap) continue;
        for (std::int64_t k = 0; k < line; ++k) {
          const auto window = columns.window(column + k);
          visit(WindowRun{index + k, tap + window.tap, window.count, y * columns.size + window.element,
                          i == 0 && j == 0});
        }
      }
    }
  }
}

}  // namespace xgrad
