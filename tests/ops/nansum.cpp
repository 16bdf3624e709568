#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/nansum.hpp>

#include <cmath>

namespace xgrad {
namespace {

OperatorSamples nan_samples(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool),
                            std::vector<Rejection> others = {}) {
  return {
      .samples = [=] { return reduction_samples(function); },
      .rejections =
          [=] {
            auto rejections = reduction_rejections(name, function);
            rejections.insert(rejections.end(), others.begin(), others.end());
            return rejections;
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_nansum{
    "nansum", with_cases(nan_samples("nansum", nansum), [] {
      return std::vector<SpecialCase>{{.inputs = {special_array({1, NAN, 3})}, .value = {4}, .gradient = {1, 0, 1}},
                                      {.inputs = {special_array({NAN})}, .value = {0}, .gradient = {0}}};
    })};

static const RegisterSamples samples_of_nanmean{
    "nanmean", with_cases(nan_samples("nanmean", nanmean,
                                      {{"integer input", [] { nanmean(input({3}, {}, DType::int32)); },
                                        "nanmean: expected float32 or float64, but got int32"}}),
                          [] {
                            return std::vector<SpecialCase>{
                                {.inputs = {special_array({1, NAN, 3})}, .value = {2}, .gradient = {0.5, 0, 0.5}},
                                {.inputs = {special_array({NAN})}, .value = {NAN}, .gradient = {0}}};
                          })};

}  // namespace xgrad
