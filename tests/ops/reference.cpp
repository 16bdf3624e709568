#include "reference.hpp"

#include <algorithm>

namespace xgrad::test {

Plain::Plain(Extents sizes, DType type) : shape(std::move(sizes)), dtype(type) {
  std::size_t count = 1;
  for (auto size : shape) count *= static_cast<std::size_t>(size);
  values.assign(count, 0);
}

Plain::Plain(const Array& array) : Plain(array.shape(), array.dtype()) {
  visit(dtype, [&]<class T>() {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(array.data<T>()[i]);
  });
}

const References& references() {
  static const References all = [] {
    References result;
    for (auto part : {activation_references(), binary_references(), convolution_references(), ctc_references(),
                      elementwise_references(), indexing_references(), layout_references(), line_references(),
                      linear_algebra_references(), decomposition_references(), loss_references(), matrix_references(),
                      neural_references(), pooling_references(), random_references(), reduction_references(),
                      shape_references(), unary_references()}) {
      result.merge(part);
    }
    return result;
  }();
  return all;
}

double argument(const Sample& sample, const std::string& name, double otherwise) {
  const auto found = sample.arguments.find(name);
  return found == sample.arguments.end() ? otherwise : found->second.front();
}

std::vector<std::int64_t> list_argument(const Sample& sample, const std::string& name) {
  const auto found = sample.arguments.find(name);
  if (found == sample.arguments.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::size_t axis_argument(const Sample& sample, const Plain& x, std::int64_t otherwise) {
  const auto axis = static_cast<std::int64_t>(argument(sample, "axis", static_cast<double>(otherwise)));
  return static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(x.shape.size()) : axis);
}

Plain map(const Plain& x, double (*function)(double)) {
  Plain result = x;
  for (auto& value : result.values) value = function(value);
  return result;
}

Extents broadcast_shape(std::span<const Plain> inputs) {
  std::size_t rank = 0;
  for (const auto& input : inputs) rank = std::max(rank, input.shape.size());
  Extents shape(rank, 1);
  for (const auto& input : inputs) {
    for (std::size_t axis = 0; axis < input.shape.size(); ++axis) {
      auto& size = shape[rank - input.shape.size() + axis];
      if (size == 1) size = input.shape[axis];
    }
  }
  return shape;
}

Plain scalar_of(double value) {
  Plain result{Extents()};
  result.values[0] = value;
  return result;
}

Plain combine(const Plain& left, const Plain& right, double (*function)(double, double)) {
  const Plain inputs[] = {left, right};
  Plain result(broadcast_shape(inputs), left.dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    result.values[position(result.shape, index)] =
        function(left.values[position(left.shape, index)], right.values[position(right.shape, index)]);
  });
  return result;
}

Plain combine_all(std::span<const Plain> inputs, double (*function)(const std::vector<double>& elements)) {
  Plain result(broadcast_shape(inputs), inputs[0].dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    std::vector<double> elements;
    for (const auto& input : inputs) elements.push_back(input.values[position(input.shape, index)]);
    result.values[position(result.shape, index)] = function(elements);
  });
  return result;
}

Reference widened(Reference reference) {
  return [=](const Sample& sample, std::span<const Plain> inputs) {
    Plain result = reference(sample, inputs);
    if (!is_floating(inputs[0].dtype)) result.dtype = DType::int64;
    return result;
  };
}

Plain with_shape(Plain x, Extents shape) {
  x.shape = std::move(shape);
  return x;
}

void for_each_index(const Extents& shape, const std::function<void(const Extents&)>& visit) {
  for (auto size : shape) {
    if (size == 0) return;
  }
  Extents index(shape.size(), 0);
  for (;;) {
    visit(index);
    std::size_t axis = shape.size();
    while (axis > 0 && ++index[axis - 1] == shape[axis - 1]) index[--axis] = 0;
    if (axis == 0) return;
  }
}

std::size_t position(const Extents& shape, const Extents& index) {
  std::size_t result = 0;
  const auto dropped = index.size() - shape.size();
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const auto along = shape[axis] == 1 ? 0 : index[axis + dropped];
    result = result * static_cast<std::size_t>(shape[axis]) + static_cast<std::size_t>(along);
  }
  return result;
}

void for_each_line(const Extents& shape, std::size_t axis,
                   const std::function<void(const std::vector<std::size_t>&)>& visit) {
  Extents starts = shape;
  starts[axis] = 1;
  for_each_index(starts, [&](Extents index) {
    std::vector<std::size_t> line;
    for (index[axis] = 0; index[axis] < shape[axis]; ++index[axis]) line.push_back(position(shape, index));
    visit(line);
  });
}

Extents leading(const Plain& x) { return {x.shape.begin(), x.shape.end() - 2}; }

Matrix matrix_at(const Plain& x, Extents index) {
  Matrix result;
  index.resize(index.size() + 2);
  for (std::int64_t row = 0; row < x.shape[x.shape.size() - 2]; ++row) {
    result.emplace_back();
    for (std::int64_t column = 0; column < x.shape.back(); ++column) {
      index[index.size() - 2] = row;
      index.back() = column;
      result.back().push_back(x.values[position(x.shape, index)]);
    }
  }
  return result;
}

}  // namespace xgrad::test
