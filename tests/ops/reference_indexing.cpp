#include "reference.hpp"
#include <algorithm>

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

/// Calls `visit` with every position in the indices of a sample of gather or scatter, and the position in x of what it
/// chooses.
void for_each_chosen(const Sample& sample, const Plain& x, const Plain& indices,
                     const std::function<void(std::size_t i, std::size_t chosen)>& visit) {
  const auto axis = axis_argument(sample, x);
  for_each_index(indices.shape, [&](Extents index) {
    const auto i = position(indices.shape, index);
    index[axis] = static_cast<std::int64_t>(indices.values[i]);
    if (index[axis] < 0) index[axis] += x.size(axis);
    visit(i, position(x.shape, index));
  });
}

Plain gather(const Sample& sample, std::span<const Plain> x) {
  Plain result(x[1].shape, x[0].dtype);
  for_each_chosen(sample, x[0], x[1], [&](auto i, auto from) { result.values[i] = x[0].values[from]; });
  return result;
}

Plain gather_last(const Sample& sample, std::span<const Plain> x) {
  Plain result(x[1].shape, x[0].dtype);
  for_each_chosen(sample, x[0], x[1], [&](auto i, auto from) {
    for_each_chosen(sample, x[0], x[1], [&](auto j, auto other) {
      if (other == from) result.values[i] = j == i ? x[0].values[from] : 0;
    });
  });
  return result;
}

Plain take_along_axis(const Sample& sample, std::span<const Plain> x) {
  const auto axis = axis_argument(sample, x[0]);
  Extents shape;
  for (std::size_t i = 0; i < x[0].shape.size(); ++i) {
    shape.push_back(i == axis ? x[1].size(i) : std::max(x[0].size(i), x[1].size(i)));
  }
  Plain result(shape, x[0].dtype);
  for_each_index(shape, [&](Extents index) {
    const auto to = position(shape, index);
    auto from = index;
    if (x[1].size(axis) == 1) from[axis] = 0;
    from[axis] = static_cast<std::int64_t>(x[1].values[position(x[1].shape, from)]);
    if (from[axis] < 0) from[axis] += x[0].size(axis);
    result.values[to] = x[0].values[position(x[0].shape, from)];
  });
  return result;
}

Plain scatter(const Sample& sample, std::span<const Plain> x, bool adds) {
  Plain result = x[0];
  for_each_chosen(sample, x[0], x[1], [&](auto i, auto to) {
    // The place in the indices, of which the values may repeat some axes.
    Extents index(x[1].shape.size());
    auto rest = static_cast<std::int64_t>(i);
    for (auto axis = index.size(); axis-- > 0; rest /= x[1].size(axis)) index[axis] = rest % x[1].size(axis);
    const double value = x[2].values[position(x[2].shape, index)];
    result.values[to] = adds ? result.values[to] + value : value;
  });
  return result;
}

Plain masked_fill(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  for_each_index(x[0].shape, [&](const Extents& index) {
    if (x[1].values[position(x[1].shape, index)] != 0) {
      result.values[position(x[0].shape, index)] = argument(sample, "value", 0);
    }
  });
  return result;
}

}  // namespace

References indexing_references() {
  return {
      {"take", take},
      {"index_add", index_add},
      {"gather", gather},
      {"gather_last", gather_last},
      {"take_along_axis", take_along_axis},
      {"scatter", [](const auto& sample, auto x) { return scatter(sample, x, false); }},
      {"scatter_add", [](const auto& sample, auto x) { return scatter(sample, x, true); }},
      {"masked_fill", masked_fill},
  };
}

}  // namespace xgrad::test
