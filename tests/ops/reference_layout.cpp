#include "reference.hpp"

namespace xgrad::test {
namespace {

Plain transposed(const Plain& x, const std::vector<std::size_t>& axes) {
  Extents shape;
  for (auto axis : axes) shape.push_back(x.shape[axis]);
  Plain result(shape, x.dtype);
  for_each_index(shape, [&](const Extents& index) {
    Extents from(index.size());
    for (std::size_t axis = 0; axis < axes.size(); ++axis) from[axes[axis]] = index[axis];
    result.values[position(shape, index)] = x.values[position(x.shape, from)];
  });
  return result;
}

Plain transpose(const Sample& sample, std::span<const Plain> x) {
  const std::map<std::string, std::vector<std::size_t>> orders{
      {"scalar", {}},
      {"axes (0, 2, 1)", {0, 2, 1}},
      {"axes (1, 0, 2)", {1, 0, 2}},
      {"axes (2, 0, 1)", {2, 0, 1}},
      {"axes (-1, 0, 2, 1)", {3, 0, 2, 1}},
  };
  const auto order = orders.find(sample.label);
  return transposed(x[0], order == orders.end() ? std::vector<std::size_t>{1, 0} : order->second);
}

Plain reshape(const Sample& sample, std::span<const Plain> x) {
  const auto rows = x[0].rows();
  const std::map<std::string, Extents> shapes{
      {"to (n, 3, 2)", {rows, 3, 2}}, {"to (n, infer_dim)", {rows, 6}}, {"to (infer_dim,)", {rows * 3}},
      {"scalar to (1, 1)", {1, 1}},   {"one element to ()", {}},        {"no elements to (n, 2, 3)", {rows, 2, 3}},
  };
  return with_shape(x[0], shapes.at(sample.label));
}

Plain flatten(const Sample&, std::span<const Plain> x) {
  std::int64_t columns = 1;
  for (std::size_t axis = 1; axis < x[0].shape.size(); ++axis) columns *= x[0].size(axis);
  return with_shape(x[0], {x[0].rows(), columns});
}

Plain squeeze(const Sample& sample, std::span<const Plain> x) {
  if (sample.label == "all of size 1") return with_shape(x[0], {x[0].rows(), 3});
  if (sample.label == "two axes") return with_shape(x[0], {x[0].size(1)});
  return with_shape(x[0], sample.label == "one element" ? Extents{} : Extents{x[0].rows()});
}

Plain broadcast_to(const Sample& sample, std::span<const Plain> x) {
  const std::map<std::string, Extents> shapes{{"rows", {2, x[0].rows()}},
                                              {"columns", {x[0].rows(), 3}},
                                              {"scalar", {2, 2}},
                                              {"one element", {1, 1}},
                                              {"no elements", {2, 0, 3}}};
  Plain result(shapes.at(sample.label), x[0].dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    result.values[position(result.shape, index)] = x[0].values[position(x[0].shape, index)];
  });
  return result;
}

Plain dot(const Sample& sample, std::span<const Plain> inputs) {
  const bool both = sample.label == "both transposed";
  const Plain left = both || sample.label == "left transposed" ? transposed(inputs[0], {1, 0}) : inputs[0];
  const Plain right = both || sample.label == "right transposed" ? transposed(inputs[1], {1, 0}) : inputs[1];
  const auto inner = static_cast<std::size_t>(right.rows());
  const auto columns = right.shape.size() == 2 ? static_cast<std::size_t>(right.size(1)) : 1;
  Extents shape(left.shape.begin(), left.shape.end() - 1);
  if (right.shape.size() == 2) shape.push_back(right.size(1));
  Plain result(shape, left.dtype);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    for (std::size_t k = 0; k < inner; ++k) {
      result.values[i] += left.values[i / columns * inner + k] * right.values[k * columns + i % columns];
    }
  }
  return result;
}

Plain one_hot(const Sample& sample, std::span<const Plain> indices) {
  const std::map<std::string, std::pair<std::int64_t, DType>> options{
      {"float64", {3, DType::float64}}, {"matrix of uint8", {4, DType::float32}}, {"out of range", {3, DType::int32}},
      {"scalar", {2, DType::boolean}},  {"one element", {1, DType::float32}},     {"no elements", {3, DType::float32}},
  };
  const auto [classes, dtype] = options.at(sample.label);
  Extents shape = indices[0].shape;
  shape.push_back(classes);
  Plain result(shape, dtype);
  const auto count = static_cast<std::size_t>(classes);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] = indices[0].values[i / count] == static_cast<double>(i % count);
  }
  return result;
}

}  // namespace

References layout_references() {
  return {
      {"transpose", transpose},       {"reshape", reshape}, {"flatten", flatten}, {"squeeze", squeeze}, {"dot", dot},
      {"broadcast_to", broadcast_to}, {"one_hot", one_hot},
  };
}

}  // namespace xgrad::test
