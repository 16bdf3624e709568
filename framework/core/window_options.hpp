#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace xgrad {

/// The largest number that an option of a window may be, along any axis.
inline constexpr std::int64_t most_of_window = std::numeric_limits<std::int32_t>::max();

/// Numbers along the axes over which a window moves: one for all of them, or one for each.
class WindowSizes {
 public:
  /// Not given: an option says what that means.
  WindowSizes() = default;
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) WindowSizes(Integer size)
      : sizes_{static_cast<std::int64_t>(size)}, is_shared_(true) {}
  WindowSizes(std::initializer_list<std::int64_t> sizes) : sizes_(sizes) {}
  explicit WindowSizes(std::vector<std::int64_t> sizes) : sizes_(std::move(sizes)) {}

  bool is_given() const { return !sizes_.empty(); }

  /// One number for each of `rank` axes. Throws ShapeError, with `where` and `option` as its first words, when there
  /// are fewer or more, and ValueError when one of them is less than `least` or more than `most_of_window`.
  std::vector<std::int64_t> along(std::string_view where, std::string_view option, std::size_t rank,
                                  std::int64_t least = 1) const;

 private:
  std::vector<std::int64_t> sizes_;
  bool is_shared_ = false;
};

/// Elements added around the axes over which a window moves: "valid" (none), "same" (as few as make one window for each
/// stride, the odd one at the end), a number for all sides, one for both sides of each axis, or {before, after} for
/// each axis.
class WindowPadding {
 public:
  using Sides = std::pair<std::int64_t, std::int64_t>;

  /// "valid" or "same". Throws ValueError for another name.
  WindowPadding(const char* name);
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) WindowPadding(Integer size)
      : sides_{{static_cast<std::int64_t>(size), static_cast<std::int64_t>(size)}}, is_shared_(true) {}
  WindowPadding(std::initializer_list<std::int64_t> sizes);
  WindowPadding(std::initializer_list<Sides> sides) : sides_(sides) {}

  bool is_same() const { return is_same_; }

  /// True for "valid" and "same", which say how large the result is.
  bool is_named() const { return is_named_; }

  /// Elements before and after each of `rank` axes, given as numbers. Throws ShapeError, with `where` as its first
  /// word, when there are fewer or more, and ValueError when one of them is negative or more than `most_of_window`.
  std::vector<Sides> along(std::string_view where, std::size_t rank) const;

 private:
  std::vector<Sides> sides_;
  bool is_shared_ = false;
  bool is_named_ = false;
  bool is_same_ = false;
};

/// How a window moves over the axes between the first, the samples, and the last, the channels.
struct WindowOptions {
  WindowSizes strides = 1;          ///< elements from one window to the next
  WindowPadding padding = "valid";  ///< elements added around
  WindowSizes dilation = 1;         ///< elements from one tap of a window to the next
};

}  // namespace xgrad
