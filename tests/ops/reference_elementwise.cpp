#include "reference.hpp"
#include <algorithm>
#include <limits>

namespace xgrad::test {
namespace {

using Binary = double (*)(double, double);

Plain lerp(const Sample& sample, std::span<const Plain> x) {
  std::vector<Plain> inputs(x.begin(), x.end());
  if (sample.label == "number as weight") inputs.push_back(scalar_of(0.25));
  return combine_all(inputs, [](const auto& x) { return (1 - x[2]) * x[0] + x[2] * x[1]; });
}

Plain adaptive_step(const Sample&, std::span<const Plain> x) {
  return combine_all(x, [](const auto& x) { return x[0] - x[3] * x[1] / (std::pow(x[2], 0.5) + x[4]); });
}

Reference unary(double (*function)(double)) {
  return [=](const Sample&, std::span<const Plain> x) { return map(x[0], function); };
}

/// Samples of one input have this number on the side that the label says.
Reference binary(Binary function, double number) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    if (x.size() == 2) return combine(x[0], x[1], function);
    return sample.label == "number left" ? combine(scalar_of(number), x[0], function)
                                         : combine(x[0], scalar_of(number), function);
  };
}

Reference comparison(Binary function) {
  return [=](const Sample&, std::span<const Plain> x) {
    Plain result = combine(x[0], x[1], function);
    result.dtype = DType::boolean;
    return result;
  };
}

Plain power(const Sample& sample, std::span<const Plain> x) {
  const std::map<std::string, double> exponents{{"squared", 2},
                                                {"cubed, negative bases too", 3},
                                                {"inverse", -1},
                                                {"fraction", 2.5},
                                                {"exponent 0 at base 0", 0},
                                                {"exponent 1 at base 0", 1},
                                                {"exponent 3 at base 0", 3}};
  return combine(x[0], x.size() == 2 ? x[1] : scalar_of(exponents.at(sample.label)), std::pow);
}

Plain where(const Sample&, std::span<const Plain> inputs) {
  Plain result(broadcast_shape(inputs), inputs[1].dtype);
  for_each_index(result.shape, [&](const Extents& index) {
    const auto& taken = inputs[0].values[position(inputs[0].shape, index)] != 0 ? inputs[1] : inputs[2];
    result.values[position(result.shape, index)] = taken.values[position(taken.shape, index)];
  });
  return result;
}

Plain cast(const Sample& sample, std::span<const Plain> x) {
  Plain result = x[0];
  result.dtype = sample.label.find("float64") != std::string::npos ? DType::float64
                 : sample.label == "scalar to int64"               ? DType::int64
                 : sample.label == "to uint8"                      ? DType::uint8
                 : sample.label == "to bool"                       ? DType::boolean
                                                                   : DType::int32;
  for (auto& value : result.values) {
    if (result.dtype == DType::boolean) value = value != 0;
    if (is_integer(result.dtype)) value = std::trunc(value);
  }
  return result;
}

Plain log(const Sample& sample, std::span<const Plain> x) {
  if (sample.label == "of sigmoid") {
    return map(x[0], [](double value) { return std::log(1 / (1 + std::exp(-value))); });
  }
  if (sample.label.starts_with("of softmax")) {
    return map(references().at("softmax")(sample, x), std::log);
  }
  return map(x[0], std::log);
}

Plain gelu(const Sample& sample, std::span<const Plain> x) {
  if (sample.label != "approximate")
    return map(x[0], [](double v) { return v / 2 * (1 + std::erf(v / std::sqrt(2.0))); });
  return map(x[0], [](double v) {
    const double pi = std::acos(-1.0);
    return v / 2 * (1 + std::tanh(std::sqrt(2 / pi) * (v + 0.044715 * v * v * v)));
  });
}

}  // namespace

References elementwise_references() {
  return {
      {"add", binary([](double x, double y) { return x + y; }, 1.5)},
      {"subtract", binary([](double x, double y) { return x - y; }, 1.5)},
      {"multiply", binary([](double x, double y) { return x * y; }, 1.5)},
      {"divide", binary([](double x, double y) { return x / y; }, 1.5)},
      {"maximum", binary([](double x, double y) { return x > y ? x : y; }, 0.5)},
      {"minimum", binary([](double x, double y) { return x < y ? x : y; }, 0.5)},
      {"power", power},
      {"negative", unary([](double x) { return -x; })},
      {"square", unary([](double x) { return x * x; })},
      {"exp", unary(std::exp)},
      {"log", log},
      {"sqrt", unary(std::sqrt)},
      {"abs", unary(std::fabs)},
      {"tanh", unary(std::tanh)},
      {"sigmoid", unary([](double x) { return 1 / (1 + std::exp(-x)); })},
      {"softplus", unary([](double x) { return std::log(1 + std::exp(x)); })},
      {"erf", unary(std::erf)},
      {"erfc", unary(std::erfc)},
      {"gelu", gelu},
      {"relu", unary([](double x) { return x > 0 ? x : 0; })},
      {"equal", comparison([](double x, double y) -> double { return x == y; })},
      {"not_equal", comparison([](double x, double y) -> double { return x != y; })},
      {"greater", comparison([](double x, double y) -> double { return x > y; })},
      {"greater_equal", comparison([](double x, double y) -> double { return x >= y; })},
      {"less", comparison([](double x, double y) -> double { return x < y; })},
      {"less_equal", comparison([](double x, double y) -> double { return x <= y; })},
      {"where", where},
      {"lerp", lerp},
      {"adaptive_step", adaptive_step},
      {"cast", cast},
  };
}

}  // namespace xgrad::test
