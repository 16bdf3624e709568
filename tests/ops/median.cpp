#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/median.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_median{
    "median",
    {
        .samples = [] { return reduction_samples(median); },
        .rejections =
            [] {
              auto rejections = reduction_rejections("median", median);
              rejections.push_back({"an empty axis",
                                    [] {
                                      median(input({2, 0}), 1);
                                    },
                                    "median: axis 1 of shape (2, 0) is empty"});
              rejections.push_back({"integer input", [] { median(input({3}, {}, DType::int32)); },
                                    "median: expected float32 or float64, but got int32"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({1, 2})}, .value = {1.5}, .gradient = {0.5, 0.5}},
                  {.inputs = {special_array({1, NAN, 2})}, .value = {NAN}, .gradient = {0, 1, 0}}};
            },
    }};

}  // namespace xgrad
