#include "reference.hpp"
#include <algorithm>

namespace xgrad::test {
namespace {

/// x with the last two axes swapped.
Plain flipped(const Plain& x) {
  Extents shape = x.shape;
  std::swap(shape[shape.size() - 1], shape[shape.size() - 2]);
  Plain result(shape, x.dtype);
  for_each_index(shape, [&](const Extents& index) {
    Extents from = index;
    std::swap(from[from.size() - 1], from[from.size() - 2]);
    result.values[position(shape, index)] = x.values[position(x.shape, from)];
  });
  return result;
}

/// Products along leading axes that broadcast; both sides have at least two axes.
Plain products(const Plain& left, const Plain& right) {
  const auto rank = std::max(left.shape.size(), right.shape.size());
  Extents shape(rank);
  for (std::size_t back = 1; back <= rank; ++back) {
    const auto a = back <= left.shape.size() ? left.shape[left.shape.size() - back] : 1;
    const auto b = back <= right.shape.size() ? right.shape[right.shape.size() - back] : 1;
    shape[rank - back] = back == 2 ? a : back == 1 || a == 1 ? b : a;
  }
  Plain result(shape, left.dtype);
  for_each_index(shape, [&](const Extents& index) {
    Extents from_left = index;
    Extents from_right = index;
    for (std::int64_t k = 0; k < left.shape.back(); ++k) {
      from_left[rank - 1] = from_right[rank - 2] = k;
      result.values[position(shape, index)] +=
          left.values[position(left.shape, from_left)] * right.values[position(right.shape, from_right)];
    }
  });
  return result;
}

Plain matmul(const Sample& sample, std::span<const Plain> inputs) {
  Plain left = argument(sample, "flip_left", 0) != 0 ? flipped(inputs[0]) : inputs[0];
  Plain right = argument(sample, "flip_right", 0) != 0 ? flipped(inputs[1]) : inputs[1];
  const bool row = left.shape.size() == 1;
  const bool column = right.shape.size() == 1;
  if (row) left.shape.insert(left.shape.begin(), 1);
  if (column) right.shape.push_back(1);
  Plain result = products(left, right);
  if (column) result.shape.pop_back();
  if (row) result.shape.erase(result.shape.end() - (column ? 1 : 2));
  return result;
}

}  // namespace

References linear_algebra_references() { return {{"matmul", matmul}}; }

}  // namespace xgrad::test
