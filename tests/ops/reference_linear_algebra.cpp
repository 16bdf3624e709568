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

/// The sum over all labels of an expression with an arrow, element by element. Axes of size 1 broadcast.
Plain summed(const std::string& expression, std::span<const Plain> inputs) {
  std::map<char, std::int64_t> sizes;
  std::vector<std::string> terms{""};
  for (char letter : expression) {
    if (letter == ',' || letter == '-') terms.emplace_back();
    if (letter >= 'a' && letter <= 'z') terms.back() += letter;
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t axis = 0; axis < terms[i].size(); ++axis) {
      auto& size = sizes.try_emplace(terms[i][axis], inputs[i].shape[axis]).first->second;
      if (size == 1) size = inputs[i].shape[axis];
    }
  }
  std::string labels;
  Extents extents;
  for (const auto& [label, size] : sizes) {
    labels += label;
    extents.push_back(size);
  }
  const auto chosen = [&](const std::string& term, const Extents& from) {
    Extents result;
    for (char label : term) result.push_back(from[labels.find(label)]);
    return result;
  };
  Plain result(chosen(terms.back(), extents), inputs[0].dtype);
  for_each_index(extents, [&](const Extents& index) {
    double product = 1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      product *= inputs[i].values[position(inputs[i].shape, chosen(terms[i], index))];
    }
    result.values[position(result.shape, chosen(terms.back(), index))] += product;
  });
  return result;
}

Plain einsum(const Sample& sample, std::span<const Plain> inputs) {
  const auto letters = list_argument(sample, "expression");
  return summed({letters.begin(), letters.end()}, inputs);
}

Plain outer(const Sample& sample, std::span<const Plain> inputs) {
  const auto size = [](const Plain& x) { return static_cast<std::int64_t>(x.values.size()); };
  return with_shape(einsum(sample, inputs), {size(inputs[0]), size(inputs[1])});
}

Plain kron(const Sample& sample, std::span<const Plain> inputs) {
  Extents shape(std::max(inputs[0].shape.size(), inputs[1].shape.size()), 1);
  for (const auto& input : inputs) {
    for (std::size_t back = 1; back <= input.shape.size(); ++back) {
      shape[shape.size() - back] *= input.shape[input.shape.size() - back];
    }
  }
  return with_shape(einsum(sample, inputs), shape);
}

}  // namespace

References linear_algebra_references() {
  return {
      {"matmul", matmul}, {"kron", kron},   {"einsum", einsum}, {"tensordot", einsum},
      {"inner", einsum},  {"outer", outer}, {"vdot", einsum},
  };
}

}  // namespace xgrad::test
