#include "sample_graph.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace xgrad::test {
namespace {

constexpr std::int64_t many = 1531;  // a prime: no multiple of a vector or a tile

bool is_elementwise(const Tensor& result) {
  const auto nodes = nodes_below({&result, 1});
  const auto is_leaf_or_formula = [](const auto& node) {
    return node->inputs().empty() || dynamic_cast<const Elementwise*>(&node->op());
  };
  return std::all_of(nodes.begin(), nodes.end(), is_leaf_or_formula);
}

/// A third within the range of `own`, a third of every magnitude, of both signs, and a third near it: small and large.
double floating_element(const Array& own, std::int64_t index, int variant) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr std::array special{0.0, -0.0,     1.0,       -1.0,
                               0.5, infinity, -infinity, std::numeric_limits<double>::quiet_NaN()};
  // Each variant meets each special number of the others.
  const std::int64_t place = variant == 0 ? index : index / static_cast<std::int64_t>(special.size());
  if (index < static_cast<std::int64_t>(special.size() * special.size())) {
    return special[static_cast<std::size_t>(place) % special.size()];
  }
  const auto values = own.data<double>();
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double step = 0.6180339887498949 * static_cast<double>(index) + 0.1378 * (variant + 1);
  const double share = step - std::floor(step);
  if (index % 3 == 0) return *low + (*high - *low) * share;
  const int exponents = index % 3 == 1 ? 250 : 16;
  const int exponent = static_cast<int>((index * 7 + variant * 31) % exponents) - exponents / 2;
  return std::ldexp(1 + share, exponent) * (index % 2 == 0 ? 1 : -1);
}

Array many_like(const Array& own, int variant) {
  Array result(own.dtype(), {many});
  const auto bytes = size_of(own.dtype());
  for (std::int64_t i = 0; i < many; ++i) {
    if (own.dtype() == DType::float64) {
      result.data<double>()[static_cast<std::size_t>(i)] = floating_element(own, i, variant);
    } else {
      const auto from = own.bytes().subspan(static_cast<std::size_t>(i * 5 + variant) % own.size() * bytes, bytes);
      std::copy(from.begin(), from.end(), result.bytes().begin() + i * static_cast<std::int64_t>(bytes));
    }
  }
  return result;
}

}  // namespace

SampleGraph graph_of(const Sample& sample, DType dtype) {
  SampleGraph graph;
  std::vector<Tensor> xs;
  for (const auto& array : sample.inputs) {
    const bool is_x = is_floating(array.dtype());
    graph.arguments.push_back(is_x ? array.cast(dtype) : array);
    graph.inputs.push_back(input(Shape(array.shape()), {}, graph.arguments.back().dtype()));
    if (is_x) xs.push_back(graph.inputs.back());
  }
  const std::vector<Tensor> results{sample.build(graph.inputs)};
  graph.outputs = results;
  const auto& type = results[0].type();
  if (xs.empty() || !is_floating(type.dtype)) return graph;
  graph.arguments.push_back(sample_values(type.shape.extents(), -1, 1, 5).cast(type.dtype));
  graph.inputs.push_back(input(type.shape, {}, type.dtype));
  const auto slopes = vjp(results, std::vector{graph.inputs.back()}, xs);
  graph.outputs.insert(graph.outputs.end(), slopes.begin(), slopes.end());
  return graph;
}

std::vector<DType> dtypes_of(const Sample& sample) {
  const auto is_x = [](const Array& array) { return is_floating(array.dtype()); };
  if (std::none_of(sample.inputs.begin(), sample.inputs.end(), is_x)) return {DType::float64};
  return {DType::float32, DType::float64};
}

std::optional<Sample> with_many_elements(const Sample& sample) {
  Sample result = sample;
  std::vector<Tensor> inputs;
  for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
    const auto& own = sample.inputs[i];
    if (own.size() == 0 || own.dtype() == DType::float32) return {};
    result.inputs[i] = many_like(own, static_cast<int>(i));
    inputs.push_back(input(Shape(result.inputs[i].shape()), {}, own.dtype()));
  }
  try {
    const auto value = sample.build(inputs);
    // What integers an infinity becomes is not said by anyone.
    const bool is_number = is_floating(value.dtype()) || value.dtype() == DType::boolean;
    if (!is_number || !is_elementwise(value)) return {};
  } catch (const Error&) {
    return {};  // it has constants of its own shape
  }
  return result;
}

}  // namespace xgrad::test
