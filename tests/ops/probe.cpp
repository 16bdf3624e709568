#include "probe.hpp"

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sum.hpp>

#include "derivatives.hpp"
#include <cmath>
#include <span>

namespace xgrad::test {

Probe::Probe(const Sample& sample, DType dtype) {
  std::vector<Tensor> inputs;
  for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
    const auto& array = sample.inputs[i];
    arguments.push_back(is_floating(array.dtype()) ? array.cast(dtype) : array);
    inputs.push_back(input(Shape(array.shape()), {}, arguments.back().dtype()));
    if (is_floating(array.dtype())) floating.push_back(i);
  }
  auto all = inputs;
  const Tensor value = sample.build(inputs);
  const auto add_argument = [&](const TensorType& type, int variant) {
    arguments.push_back(sample_values(type.shape.extents(), 0.5, 1.5, variant).cast(type.dtype));
    all.push_back(input(type.shape, {}, type.dtype));
    return all.back();
  };
  const Tensor cotangent = add_argument(value.type(), 3);
  std::vector<Tensor> xs;
  std::vector<Tensor> tangents;
  for (auto index : floating) {
    xs.push_back(inputs[index]);
    tangents.push_back(add_argument(inputs[index].type(), static_cast<int>(4 + index)));
  }
  std::vector<Tensor> outputs{value, jvp(std::span(&value, 1), xs, tangents)[0]};
  const auto first = vjp(std::span(&value, 1), std::span(&cotangent, 1), xs, Unconnected::zeros);
  outputs.insert(outputs.end(), first.begin(), first.end());
  Tensor along = scalar(0, dtype);
  for (std::size_t k = 0; k < xs.size(); ++k) along = along + sum(first[k] * tangents[k]);
  try {
    const auto second = gradients(along, xs, Unconnected::zeros);
    outputs.insert(outputs.end(), second.begin(), second.end());
  } catch (const GradientError&) {
    has_second = false;
  }
  function_ = std::make_shared<Function>(compile(all, outputs));
}

Probe Probe::moved() const {
  Probe result = *this;
  for (auto index : floating) {
    auto numbers = elements(arguments[index]);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += 0.11 + 0.03 * static_cast<double>(i % 7);
    xt::xarray<double> array = xt::adapt(numbers);
    result.arguments[index] = Array(array).cast(arguments[index].dtype()).reshaped(arguments[index].shape());
  }
  return result;
}

std::optional<Results> Probe::run(const std::vector<std::pair<std::size_t, double>>& changes,
                                  std::size_t element) const {
  auto changed = arguments;
  for (const auto& [argument, number] : changes) {
    auto& array = changed[argument];
    if (array.dtype() == DType::float32) {
      array.data<float>()[element] = static_cast<float>(number);
    } else {
      array.data<double>()[element] = number;
    }
  }
  std::vector<Array> outputs;
  try {
    outputs = (*function_)(std::vector<ArrayRef>(changed.begin(), changed.end()));
  } catch (const Error&) {
    return std::nullopt;
  }
  Results results{elements(outputs[0]), {}, {}, elements(outputs[1])};
  for (std::size_t k = 0; k < floating.size(); ++k) {
    results.first.push_back(elements(outputs[2 + k]));
    if (has_second) results.second.push_back(elements(outputs[2 + floating.size() + k]));
  }
  return results;
}

bool is_same(double left, double right) { return left == right || (std::isnan(left) && std::isnan(right)); }

}  // namespace xgrad::test
