#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/mean.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_mean_absolute_error{
    "mean_absolute_error",
    {
        .samples = [] { return loss_samples(mean_absolute_error); },
        .rejections = [] { return loss_rejections("mean_absolute_error", mean_absolute_error); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1}), special_array({1})}, .value = {0}, .gradient = {0}},
                  {.inputs = {special_array({0}), special_array({INFINITY})}, .value = {INFINITY}, .gradient = {1}},
                  {.inputs = {special_array({0}), special_array({NAN})}, .value = {NAN}, .gradient = {NAN}}};
            },
    }};

}  // namespace xgrad
