#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/hash.hpp>
#include <xgrad/framework/core/shape.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

template <class Sizes, class Text>
std::string tuple(const Sizes& sizes, Text text) {
  std::string result = "(";
  for (std::size_t axis = 0; axis < sizes.size(); ++axis) result += (axis ? ", " : "") + text(sizes[axis]);
  return result + (sizes.size() == 1 ? ",)" : ")");
}

/// The product of all sizes. Zeros come last: whether the product overflows must not depend on the order.
template <class Sizes>
Dim product(const Sizes& sizes) {
  Dim result = 1;
  bool empty = false;
  for (const Dim size : sizes) {
    if (size == Dim(0)) {
      empty = true;
    } else {
      result = result * size;
    }
  }
  return empty ? Dim(0) : result;
}

}  // namespace

Dim Shape::size() const { return product(dims_); }

bool Shape::is_known() const {
  return std::all_of(dims_.begin(), dims_.end(), [](Dim dim) { return dim.is_known(); });
}

Extents Shape::extents(const Bindings& bindings) const {
  Extents result(dims_.size());
  std::transform(dims_.begin(), dims_.end(), result.begin(), [&](Dim dim) { return dim.value(bindings); });
  return result;
}

std::size_t Shape::hash() const {
  std::size_t result = dims_.size();
  for (const Dim dim : dims_) result = combined_hash(result, dim.hash());
  return result;
}

std::string Shape::to_string() const {
  return tuple(dims_, [](Dim dim) { return dim.to_string(); });
}

std::string TensorType::to_string() const { return fmt::format("{} {}", xgrad::to_string(dtype), shape.to_string()); }

std::string to_string(std::span<const std::int64_t> extents) {
  return tuple(extents, [](std::int64_t size) { return std::to_string(size); });
}

std::int64_t element_count(std::span<const std::int64_t> extents) { return product(extents).value(); }

Shape broadcast(std::string_view where, const Shape& left, const Shape& right) {
  const auto rank = std::max(left.rank(), right.rank());
  std::vector<Dim> dims(rank, Dim(1));
  for (std::size_t back = 1; back <= rank; ++back) {
    const Dim a = back <= left.rank() ? left[left.rank() - back] : Dim(1);
    const Dim b = back <= right.rank() ? right[right.rank() - back] : Dim(1);
    if (!(a == b) && !a.is_one() && !b.is_one()) {
      throw ShapeError(fmt::format(
          "{}: shapes {} and {} do not broadcast: axis -{} is {} on the left and {} on the right; sizes must be equal "
          "or 1, reshape or transpose one side",
          where, left.to_string(), right.to_string(), back, a.to_string(), b.to_string()));
    }
    dims[rank - back] = a.is_one() ? b : a;
  }
  return Shape(dims);
}

bool broadcasts_to(const Shape& from, const Shape& to) {
  if (from.rank() > to.rank()) return false;
  const auto offset = to.rank() - from.rank();
  for (std::size_t axis = 0; axis < from.rank(); ++axis) {
    if (!from[axis].is_one() && !(from[axis] == to[axis + offset])) return false;
  }
  return true;
}

std::size_t normalize_axis(std::string_view where, std::int64_t axis, std::size_t rank) {
  const auto signed_rank = static_cast<std::int64_t>(rank);
  if (axis < -signed_rank || axis >= signed_rank) {
    throw ShapeError(fmt::format("{}: axis {} does not exist in a tensor of {} dimension(s); expected {}", where, axis,
                                 rank, rank ? fmt::format("-{} to {}", rank, rank - 1) : "none, it is a scalar"));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + signed_rank : axis);
}

}  // namespace xgrad
