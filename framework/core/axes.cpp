#include <xgrad/framework/core/axes.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace xgrad {

std::vector<std::size_t> Axes::normalized(std::string_view where, std::size_t rank) const {
  std::vector<std::size_t> result(axes_ ? axes_->size() : rank);
  if (!axes_) {
    std::iota(result.begin(), result.end(), std::size_t{0});
    return result;
  }
  std::transform(axes_->begin(), axes_->end(), result.begin(),
                 [&](auto axis) { return normalize_axis(where, axis, rank); });
  std::sort(result.begin(), result.end());
  if (auto twice = std::adjacent_find(result.begin(), result.end()); twice != result.end()) {
    throw ShapeError(fmt::format("{}: axis {} is named twice; name each axis once", where, *twice));
  }
  return result;
}

}  // namespace xgrad
