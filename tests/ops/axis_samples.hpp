#pragma once

#include <xgrad/framework/core/registry.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// An operator as a function of a tensor and an axis.
using AxisFunction = std::function<Tensor(const Tensor& x, std::int64_t axis)>;

/// A sample of an operator along an axis. `arguments` says what `function` passes besides.
inline Sample axis_sample(std::string label, const AxisFunction& function, Array x, std::int64_t axis,
                          std::map<std::string, std::vector<double>> arguments = {}) {
  arguments["axis"] = {static_cast<double>(axis)};
  return {
      std::move(label), {std::move(x)}, [=](auto inputs) { return function(inputs[0], axis); }, std::move(arguments)};
}

/// The samples that operators along an axis share: the first, the last and one between, one element and none.
inline std::vector<Sample> axis_samples(const AxisFunction& function) {
  return {axis_sample("axis 0", function, sample_values({4, 3}), 0),
          axis_sample("axis -1", function, sample_values({2, 5}), -1),
          axis_sample("the axis in the middle", function, sample_values({2, 3, 2}), 1),
          axis_sample("one element", function, sample_values({1}), 0),
          axis_sample("no elements", function, sample_values({0, 3}), 1)};
}

/// The rejections that operators along an axis share: axes that do not exist.
inline std::vector<Rejection> axis_rejections(const std::string& name, const AxisFunction& function) {
  return {{"an axis that does not exist",
           [=] {
             function(input({2, 3}), 2);
           },
           name + ": axis 2 does not exist"},
          {"an axis of a scalar", [=] { function(input({}), -1); }, name + ": axis -1 does not exist"}};
}

}  // namespace xgrad
