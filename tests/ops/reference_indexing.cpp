#include "reference.hpp"

namespace xgrad::test {
namespace {

/// Calls `visit` with the position in x that every element of take(x, indices) comes from, in order.
void for_each_taken(const Plain& x, const Plain& indices, std::size_t axis,
                    const std::function<void(std::size_t from)>& visit) {
  Extents shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis));
  shape.insert(shape.end(), indices.shape.begin(), indices.shape.end());
  shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.shape.end());
  for_each_index(shape, [&](const Extents& index) {
    const auto begin = index.begin() + static_cast<std::ptrdiff_t>(axis);
    const auto end = begin + static_cast<std::ptrdiff_t>(indices.shape.size());
    auto chosen = static_cast<std::int64_t>(indices.values[position(indices.shape, Extents(begin, end))]);
    if (chosen < 0) chosen += x.size(axis);
    Extents from(index.begin(), begin);
    from.push_back(chosen);
    from.insert(from.end(), end, index.end());
    visit(position(x.shape, from));
  });
}

Plain take(const Sample& sample, std::span<const Plain> x) {
  const auto axis = axis_argument(sample, x[0], 0);
  Extents shape = x[0].shape;
  shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), x[1].shape.begin(), x[1].shape.end());
  Plain result(shape, x[0].dtype);
  std::size_t next = 0;
  for_each_taken(x[0], x[1], axis, [&](std::size_t from) { result.values[next++] = x[0].values[from]; });
  return result;
}

Plain index_add(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  std::size_t next = 0;
  for_each_taken(x[0], x[1], axis_argument(sample, x[0], 0),
                 [&](std::size_t to) { result.values[to] += x[2].values[next++]; });
  return result;
}

}  // namespace

References indexing_references() { return {{"take", take}, {"index_add", index_add}}; }

}  // namespace xgrad::test
