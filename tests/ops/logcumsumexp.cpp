#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/logcumsumexp.hpp>

#include "axis_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_logcumsumexp{
    "logcumsumexp",
    {
        .samples = [] { return axis_samples(logcumsumexp); },
        .rejections =
            [] {
              auto rejections = axis_rejections("logcumsumexp", logcumsumexp);
              rejections.push_back({"integer input", [] { logcumsumexp(input({3}, {}, DType::int32), 0); },
                                    "logcumsumexp: expected float32 or float64, but got int32"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({INFINITY, 0})},
                   .value = {INFINITY, INFINITY},
                   .gradient = {2, 0},
                   .arguments = "0"},
                  {.inputs = {special_array({-INFINITY, -INFINITY})},
                   .value = {-INFINITY, -INFINITY},
                   .gradient = {0, 0},
                   .arguments = "0"},
                  {.inputs = {special_array({1000, 1000})}, .value = {1000, 1000.6931471805599}, .arguments = "0"}};
            },
    }};

}  // namespace xgrad
