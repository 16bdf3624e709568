#include "reference.hpp"
#include <algorithm>

namespace xgrad::test {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double between(double x, double low, double high) { return std::min(std::max(x, low), high); }

Reference unary(double (*function)(double)) {
  return [=](const Sample&, std::span<const Plain> x) { return map(x[0], function); };
}

/// A function of an element and of a number that the sample gives, or of `otherwise`.
Reference unary(std::string name, double otherwise, double (*function)(double, double)) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    Plain result = x[0];
    for (auto& value : result.values) value = function(value, argument(sample, name, otherwise));
    return result;
  };
}

Plain hard_tanh(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  for (auto& value : result.values) value = between(value, argument(sample, "low", -1), argument(sample, "high", 1));
  return result;
}

Plain prelu(const Sample&, std::span<const Plain> inputs) {
  const Plain& x = inputs[0];
  const Plain& slope = inputs[1];
  // The samples repeat columns of x, or x as a whole, and leading axes of either.
  Extents shape = x.shape.size() < slope.shape.size() ? slope.shape : x.shape;
  if (!shape.empty() && shape.back() == 1 && !slope.shape.empty()) shape.back() = slope.shape.back();
  Plain result(shape);
  for_each_index(shape, [&](const Extents& index) {
    const double value = x.values[position(x.shape, index)];
    result.values[position(shape, index)] = value > 0 ? value : slope.values[position(slope.shape, index)] * value;
  });
  return result;
}

Plain glu(const Sample& sample, std::span<const Plain> x) {
  const std::size_t axis = axis_argument(sample, x[0]);
  Extents shape = x[0].shape;
  shape[axis] /= 2;
  Plain result(shape);
  for_each_index(shape, [&](Extents index) {
    double& value = result.values[position(shape, index)];
    value = x[0].values[position(x[0].shape, index)];
    index[axis] += shape[axis];
    value *= sigmoid(x[0].values[position(x[0].shape, index)]);
  });
  return result;
}

Plain softmin(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  for_each_line(result.shape, axis_argument(sample, result), [&](const std::vector<std::size_t>& line) {
    double sum = 0;
    for (auto i : line) sum += std::exp(-x[0].values[i]);
    for (auto i : line) result.values[i] = std::exp(-x[0].values[i]) / sum;
  });
  return result;
}

}  // namespace

References activation_references() {
  return {
      {"log_sigmoid", unary([](double x) { return std::log(sigmoid(x)); })},
      {"softsign", unary([](double x) { return x / (1 + std::fabs(x)); })},
      {"silu", unary([](double x) { return x * sigmoid(x); })},
      {"mish", unary([](double x) { return x * std::tanh(std::log(1 + std::exp(x))); })},
      {"elu", unary("alpha", 1, [](double x, double alpha) { return x > 0 ? x : alpha * (std::exp(x) - 1); })},
      {"celu", unary("alpha", 1, [](double x, double alpha) { return x > 0 ? x : alpha * (std::exp(x / alpha) - 1); })},
      {"selu", unary([](double x) {
         return 1.0507009873554804934193349852946 * (x > 0 ? x : 1.6732632423543772848170429916717 * (std::exp(x) - 1));
       })},
      {"leaky_relu", unary("slope", 0.01, [](double x, double slope) { return x > 0 ? x : slope * x; })},
      {"prelu", prelu},
      {"hard_tanh", hard_tanh},
      {"relu6", unary([](double x) { return between(x, 0, 6); })},
      {"hard_sigmoid", unary([](double x) { return between(x + 3, 0, 6) / 6; })},
      {"hard_swish", unary([](double x) { return x * between(x + 3, 0, 6) / 6; })},
      {"softshrink", unary("distance", 0.5,
                           [](double x, double distance) {
                             return x > distance ? x - distance : x < -distance ? x + distance : 0;
                           })},
      {"hardshrink",
       unary("distance", 0.5, [](double x, double distance) { return x > distance || x < -distance ? x : 0; })},
      {"tanhshrink", unary([](double x) { return x - std::tanh(x); })},
      {"threshold", unary([](double x) { return x > 0.5 ? x : -20; })},
      {"glu", glu},
      {"softmin", softmin},
  };
}

}  // namespace xgrad::test
