#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/mean.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_mean{
    "mean",
    {
        .samples = [] { return reduction_samples(mean); },
        .rejections =
            [] {
              auto rejections = reduction_rejections("mean", mean);
              rejections.push_back({"integer input", [] { mean(input({3}, {}, DType::int32)); },
                                    "mean: expected float32 or float64, but got int32"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({}, {0})}, .value = {NAN}},
                  {.inputs = {special_array({3e38, 3e38})}, .value = {3e+38}, .gradient = {0.5, 0.5}},
                  {.inputs = {special_array({1, NAN})}, .value = {NAN}, .gradient = {0.5, 0.5}}};
            },
    }};

}  // namespace xgrad
