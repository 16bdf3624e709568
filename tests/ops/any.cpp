#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/any.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples truth_samples(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool)) {
  return {
      .samples =
          [=] {
            auto samples = reduction_samples(function);
            const auto add = [&](std::string label, Array x) {
              samples.push_back({std::move(label),
                                 {std::move(x)},
                                 [=](auto x) { return function(x[0], 1, false); },
                                 {{"axes", {1}}}});
            };
            add("bool", xt::xarray<bool>{{true, false}, {false, false}, {true, true}});
            add("integers", xt::xarray<int>{{-1, 0, 2}, {0, 0, 0}, {1, 2, 3}});
            add("empty axis", Array(DType::float64, {2, 0}));
            return samples;
          },
      .rejections = [=] { return reduction_rejections(name, function); },
  };
}

}  // namespace

static const RegisterSamples samples_of_any{"any", with_cases(truth_samples("any", any), [] {
                                              return std::vector<SpecialCase>{
                                                  {.inputs = {special_array({0, NAN})}, .value = {1}},
                                                  {.inputs = {special_array({}, {0})}, .value = {0}}};
                                            })};

static const RegisterSamples samples_of_all{"all", with_cases(truth_samples("all", all), [] {
                                              return std::vector<SpecialCase>{
                                                  {.inputs = {special_array({1, NAN})}, .value = {1}},
                                                  {.inputs = {special_array({}, {0})}, .value = {1}}};
                                            })};

}  // namespace xgrad
