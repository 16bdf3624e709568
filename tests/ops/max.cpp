#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/max.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples extremum_samples(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool)) {
  return {
      .samples =
          [=] {
            auto samples = reduction_samples(function);
            samples.push_back(
                {"integers", {xt::xarray<int>{3, 1, 2}}, [=](auto x) { return function(x[0], {}, false); }});
            return samples;
          },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, function);
            rejections.push_back({"an empty axis",
                                  [=] {
                                    function(input({2, 0}), 1, false);
                                  },
                                  name + ": axis 1 of shape (2, 0) is empty"});
            rejections.push_back({"boolean input", [=] { function(input({3}, {}, DType::boolean), {}, false); },
                                  name + ": expected numbers, but got bool"});
            return rejections;
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_max{
    "max", with_cases(extremum_samples("max", max), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, 3, 3})}, .value = {3}, .gradient = {0, 0.5, 0.5}},
          {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {NAN, NAN}},
          {.inputs = {special_array({-INFINITY, -INFINITY})}, .value = {-INFINITY}, .gradient = {0.5, 0.5}}};
    })};

static const RegisterSamples samples_of_min{
    "min", with_cases(extremum_samples("min", min), [] {
      return std::vector<SpecialCase>{
          {.inputs = {special_array({1, 1, 3})}, .value = {1}, .gradient = {0.5, 0.5, 0}},
          {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {NAN, NAN}},
          {.inputs = {special_array({INFINITY, INFINITY})}, .value = {INFINITY}, .gradient = {0.5, 0.5}}};
    })};

}  // namespace xgrad
