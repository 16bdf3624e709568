#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_squared_error.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_mean_squared_error{
    "mean_squared_error",
    {
        .samples = [] { return loss_samples(mean_squared_error); },
        .rejections = [] { return loss_rejections("mean_squared_error", mean_squared_error); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
                  {.inputs = {special_array({0}), special_array({INFINITY})},
                   .value = {INFINITY},
                   .gradient = {INFINITY}},
                  {.inputs = {special_array({0}), special_array({1e30})},
                   .value = {1.0000000000000001e+60},
                   .gradient = {2e+30}}};
            },
    }};

}  // namespace xgrad
