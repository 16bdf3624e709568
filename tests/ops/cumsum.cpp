#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cumsum.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

OperatorSamples cumulative_samples(std::string name, Tensor (*function)(const Tensor&, std::int64_t, bool)) {
  return {
      .samples =
          [=] {
            const AxisFunction forwards = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); };
            const AxisFunction backwards = [=](const Tensor& x, std::int64_t axis) { return function(x, axis, true); };
            auto samples = axis_samples(forwards);
            const auto add_reverse = [&](std::string label, Array x, std::int64_t axis) {
              samples.push_back(axis_sample(std::move(label), backwards, std::move(x), axis, {{"reverse", {1}}}));
            };
            add_reverse("the axis in the middle, reverse", sample_values({2, 3, 2}), 1);
            samples.push_back(axis_sample("a zero", forwards, xt::xarray<double>{2, -1, 0, 3, 1}, 0));
            add_reverse("two zeros, reverse", xt::xarray<double>{2, 0, 3, 0, 1}, 0);
            samples.push_back(axis_sample("integers", forwards, xt::xarray<int>{{1, 2, 3}, {4, 5, 6}}, 1));
            samples.push_back(axis_sample("bytes", forwards, xt::xarray<std::uint8_t>{{200, 200}, {100, 3}}, 1));
            samples.push_back(axis_sample("booleans", forwards, xt::xarray<bool>{{true, true}, {true, false}}, 1));
            return samples;
          },
      .rejections =
          [=] {
            return axis_rejections(name, [=](const Tensor& x, std::int64_t axis) { return function(x, axis, false); });
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_cumsum{
    "cumsum", with_cases(cumulative_samples("cumsum", cumsum), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, NAN, 2})}, .value = {1, NAN, NAN}, .gradient = {3, 2, 1}, .arguments = "0"},
          {.inputs = {special_array({INFINITY, -INFINITY})},
           .value = {INFINITY, NAN},
           .gradient = {2, 1},
           .arguments = "0"}};
    })};

static const RegisterSamples samples_of_cumprod{
    "cumprod", with_cases(cumulative_samples("cumprod", cumprod), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({2, 0, 3})}, .value = {2, 0, 0}, .gradient = {1, 8, 0}, .arguments = "0"},
          {.inputs = {special_array({0, INFINITY})}, .value = {0, NAN}, .gradient = {INFINITY, 0}, .arguments = "0"}};
    })};

}  // namespace xgrad
