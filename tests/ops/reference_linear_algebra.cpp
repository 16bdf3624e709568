#include "reference.hpp"
#include <algorithm>
#include <map>

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

/// Sums products of elements: one label for each axis of the inputs and of the result. Axes of size 1 broadcast.
Plain contraction(std::span<const Plain> inputs, const std::vector<Extents>& labels, const Extents& result_labels) {
  std::map<std::int64_t, std::int64_t> sizes;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t axis = 0; axis < labels[i].size(); ++axis) {
      auto& size = sizes.emplace(labels[i][axis], 1).first->second;
      if (inputs[i].shape[axis] != 1) size = inputs[i].shape[axis];
    }
  }
  Extents all;
  std::map<std::int64_t, std::size_t> places;
  for (const auto& [label, size] : sizes) {
    places[label] = all.size();
    all.push_back(size);
  }
  const auto pick = [&](const Extents& from, const Extents& wanted) {
    Extents picked;
    for (auto label : wanted) picked.push_back(from[places.at(label)]);
    return picked;
  };
  Plain result(pick(all, result_labels), inputs[0].dtype);
  for_each_index(all, [&](const Extents& index) {
    double product = 1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      product *= inputs[i].values[position(inputs[i].shape, pick(index, labels[i]))];
    }
    result.values[position(result.shape, pick(index, result_labels))] += product;
  });
  return result;
}

Plain einsum(const Sample& sample, std::span<const Plain> inputs) {
  std::vector<Extents> labels;
  for (std::size_t i = 0; i < inputs.size(); ++i) labels.push_back(list_argument(sample, "labels" + std::to_string(i)));
  return contraction(inputs, labels, list_argument(sample, "result"));
}

/// Over pairs of axes, counted from the front.
Plain over_axes(std::span<const Plain> inputs, const Extents& left_axes, const Extents& right_axes) {
  std::vector<Extents> labels(2);
  for (std::size_t axis = 0; axis < inputs[0].shape.size(); ++axis)
    labels[0].push_back(static_cast<std::int64_t>(axis));
  for (std::size_t axis = 0; axis < inputs[1].shape.size(); ++axis) {
    labels[1].push_back(static_cast<std::int64_t>(axis + 100));
  }
  for (std::size_t i = 0; i < left_axes.size(); ++i) labels[1][static_cast<std::size_t>(right_axes[i])] = left_axes[i];
  Extents result;
  for (auto label : labels[0]) {
    if (std::find(left_axes.begin(), left_axes.end(), label) == left_axes.end()) result.push_back(label);
  }
  for (auto label : labels[1]) {
    if (label >= 100) result.push_back(label);
  }
  return contraction(inputs, labels, result);
}

Plain tensordot(const Sample& sample, std::span<const Plain> inputs) {
  return over_axes(inputs, list_argument(sample, "left_axes"), list_argument(sample, "right_axes"));
}

Plain inner(const Sample&, std::span<const Plain> inputs) {
  if (inputs[0].shape.empty() || inputs[1].shape.empty()) return over_axes(inputs, {}, {});
  const auto last = [](const Plain& x) { return static_cast<std::int64_t>(x.shape.size()) - 1; };
  return over_axes(inputs, {last(inputs[0])}, {last(inputs[1])});
}

Plain flat(const Plain& x) { return with_shape(x, {static_cast<std::int64_t>(x.values.size())}); }

Plain vdot(const Sample&, std::span<const Plain> inputs) {
  return over_axes(std::vector{flat(inputs[0]), flat(inputs[1])}, {0}, {0});
}

Plain outer(const Sample&, std::span<const Plain> inputs) {
  return over_axes(std::vector{flat(inputs[0]), flat(inputs[1])}, {}, {});
}

Plain kron(const Sample&, std::span<const Plain> inputs) {
  Plain left = inputs[0], right = inputs[1];
  while (left.shape.size() < right.shape.size()) left.shape.insert(left.shape.begin(), 1);
  while (right.shape.size() < left.shape.size()) right.shape.insert(right.shape.begin(), 1);
  Extents shape = left.shape;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) shape[axis] *= right.shape[axis];
  Plain result(shape, left.dtype);
  for_each_index(shape, [&](const Extents& index) {
    Extents outside = index, inside = index;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      outside[axis] = index[axis] / right.shape[axis];
      inside[axis] = index[axis] % right.shape[axis];
    }
    result.values[position(shape, index)] =
        left.values[position(left.shape, outside)] * right.values[position(right.shape, inside)];
  });
  return result;
}

}  // namespace

References linear_algebra_references() {
  return {{"matmul", matmul}, {"einsum", einsum}, {"tensordot", tensordot}, {"inner", inner}, {"vdot", vdot},
          {"outer", outer},   {"kron", kron}};
}

}  // namespace xgrad::test
