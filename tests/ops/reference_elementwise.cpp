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

using Elements = std::vector<double>;

/// Of formulas with several results, and what the samples make of all of them together.
Reference results(const std::vector<double (*)(const Elements&)>& functions) {
  return [=](const Sample& sample, std::span<const Plain> x) {
    return combine_all(x, functions.at(static_cast<std::size_t>(sample.arguments.at("result")[0])));
  };
}

double new_mean(double mean, double gradient, double weight) { return (1 - weight) * mean + weight * gradient; }

namespace rmsprop {

double mean_square(const Elements& x) { return new_mean(x[2], x[1] * x[1], x[4]); }
double value(const Elements& x) { return x[0] - x[3] * x[1] / (std::pow(mean_square(x), 0.5) + x[5]); }
double product(const Elements& x) { return value(x) * mean_square(x); }

}  // namespace rmsprop

namespace adam {

double mean(const Elements& x) { return new_mean(x[2], x[1], x[5]); }
double mean_square(const Elements& x) { return new_mean(x[3], x[1] * x[1], x[6]); }
double value(const Elements& x) { return x[0] - x[4] * mean(x) / (std::pow(mean_square(x), 0.5) + x[7]); }
double product(const Elements& x) { return value(x) * mean(x) * mean_square(x); }

}  // namespace adam

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
      {"rmsprop_step", results({rmsprop::value, rmsprop::mean_square, rmsprop::product})},
      {"adam_step", results({adam::value, adam::mean, adam::mean_square, adam::product})},
      {"cast", cast},
  };
}

}  // namespace xgrad::test
