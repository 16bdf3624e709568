#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/argmax.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples extremum_index_samples(std::string name,
                                       Tensor (*function)(const Tensor&, std::optional<std::int64_t>, bool)) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Array x, std::optional<std::int64_t> axis, bool keepdims = false) {
              std::map<std::string, std::vector<double>> arguments{{"keepdims", {keepdims ? 1.0 : 0.0}}};
              if (axis) arguments["axis"] = {static_cast<double>(*axis)};
              samples.push_back({std::move(label),
                                 {std::move(x)},
                                 [=](auto x) { return function(x[0], axis, keepdims); },
                                 std::move(arguments)});
            };
            add("axis -1", sample_values({2, 5}), -1);
            add("axis 0", sample_values({4, 3}), 0);
            add("axis 1, keepdims", sample_values({2, 3, 4}), 1, true);
            add("all axes", sample_values({2, 3}), {});
            add("all axes, keepdims", sample_values({2, 3}), {}, true);
            add("ties", xt::xarray<int>{{1, 3, 3, 1}, {2, 2, 1, 1}}, -1);
            add("bool", xt::xarray<bool>{false, true, true, false}, -1);
            add("scalar", sample_values({}), {});
            add("one element", sample_values({1}), -1);
            add("no elements", sample_values({0, 3}), -1);
            return samples;
          },
      .rejections =
          [=] {
            auto rejections =
                axis_rejections(name, [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); });
            rejections.push_back({"an empty axis",
                                  [=] {
                                    function(input({2, 0}), 1, false);
                                  },
                                  name + ": axis 1 of shape (2, 0) is empty"});
            return rejections;
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_argmax{"argmax", with_cases(extremum_index_samples("argmax", argmax), [] {
                                                 return std::vector<SpecialCase>{
                                                     {.inputs = {special_array({1, 3, 3})}, .value = {1}},
                                                     {.inputs = {special_array({1, NAN, 5, NAN})}, .value = {1}}};
                                               })};

static const RegisterSamples samples_of_argmin{"argmin", with_cases(extremum_index_samples("argmin", argmin), [] {
                                                 return std::vector<SpecialCase>{
                                                     {.inputs = {special_array({1, 1, 3})}, .value = {0}},
                                                     {.inputs = {special_array({1, NAN, -5, NAN})}, .value = {1}}};
                                               })};

}  // namespace xgrad
