#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sort.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples sort_samples(std::string name, Tensor (*function)(const Tensor&, std::int64_t, bool)) {
  return {
      .samples =
          [=] {
            const AxisFunction up = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); };
            const AxisFunction down = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, true); };
            const auto with_ties = xt::xarray<int>{{2, 1, 2, 1}, {3, 3, 1, 3}};
            auto samples = axis_samples(up);
            samples.push_back(axis_sample("axis 0, descending", down, sample_values({4, 3}), 0, {{"descending", {1}}}));
            samples.push_back(axis_sample("ties", up, with_ties, 1));
            samples.push_back(axis_sample("ties, descending", down, with_ties, 1, {{"descending", {1}}}));
            samples.push_back(axis_sample("bool", up, xt::xarray<bool>{true, false, true}, 0));
            samples.push_back(axis_sample("empty axis", up, sample_values({2, 0}), 1));
            return samples;
          },
      .rejections =
          [=] {
            return axis_rejections(name, [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); });
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_argsort{
    "argsort", with_cases(sort_samples("argsort", argsort), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, NAN, 1, 1})}, .value = {2, 3, 0, 1}, .arguments = "0", .build = [](auto x) {
             return argsort(x[0], 0);
           }}};
    })};

static const RegisterSamples samples_of_sort{
    "sort", with_cases(sort_samples("sort", sort), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({2, NAN, 1})},
                                       .value = {1, 2, NAN},
                                       .gradient = {1, 1, 1},
                                       .arguments = "0",
                                       .build = [](auto x) { return sort(x[0], 0); }}};
    })};

}  // namespace xgrad
