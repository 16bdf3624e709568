#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace xgrad {

/// The axes an operator works along, spelled as in NumPy: `-1`, `{0, 2}`, or nothing for all of them.
class Axes {
 public:
  /// All axes.
  Axes() = default;
  /// One axis. A bool is none: it would be a misplaced `keepdims`.
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Axes(Integer axis) : axes_(std::vector{static_cast<std::int64_t>(axis)}) {}
  Axes(std::initializer_list<std::int64_t> axes) : axes_(axes) {}
  explicit Axes(std::vector<std::int64_t> axes) : axes_(std::move(axes)) {}

  /// Counted from the front and sorted, for a tensor of rank `rank`. Throws ShapeError, with `where` as its first word,
  /// when an axis does not exist or is named twice.
  std::vector<std::size_t> normalized(std::string_view where, std::size_t rank) const;

 private:
  std::optional<std::vector<std::int64_t>> axes_;
};

}  // namespace xgrad
