#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cummax.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples cumulative_extremum_samples(std::string name, Tensor (*function)(const Tensor&, std::int64_t)) {
  return {
      .samples =
          [=] {
            auto samples = axis_samples(function);
            samples.push_back(axis_sample("integers", function, xt::xarray<int>{2, 1, 2, 3, 0}, 0));
            return samples;
          },
      .rejections = [=] { return axis_rejections(name, function); },
  };
}

}  // namespace

static const RegisterSamples samples_of_cummax{
    "cummax", with_cases(cumulative_extremum_samples("cummax", cummax), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, 2})}, .value = {2, 2}, .gradient = {1, 1}, .arguments = "0"},
          {.inputs = {special_array({1, NAN, 2})}, .value = {1, NAN, NAN}, .gradient = {1, 2, 0}, .arguments = "0"}};
    })};

static const RegisterSamples samples_of_cummin{
    "cummin", with_cases(cumulative_extremum_samples("cummin", cummin), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, 2})}, .value = {2, 2}, .gradient = {1, 1}, .arguments = "0"},
          {.inputs = {special_array({1, NAN, 2})}, .value = {1, NAN, NAN}, .gradient = {1, 2, 0}, .arguments = "0"}};
    })};

}  // namespace xgrad
