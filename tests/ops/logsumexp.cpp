#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/log.hpp>
#include <xgrad/ops/logsumexp.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_logsumexp{
    "logsumexp",
    {
        .samples = [] { return reduction_samples(logsumexp); },
        .rejections =
            [] {
              auto rejections = reduction_rejections("logsumexp", logsumexp);
              rejections.push_back({"an empty axis",
                                    [] {
                                      logsumexp(input({2, 0}), 1);
                                    },
                                    "logsumexp: axis 1 of shape (2, 0) is empty"});
              rejections.push_back({"integer input", [] { logsumexp(input({3}, {}, DType::int32)); },
                                    "logsumexp: expected float32 or float64, but got int32"});
              return rejections;
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({INFINITY, 0})}, .value = {INFINITY}, .gradient = {1, 0}},
                  {.inputs = {special_array({-INFINITY, -INFINITY})}, .value = {-INFINITY}, .gradient = {0, 0}},
                  {.inputs = {special_array({1000, 1000})}, .value = {1000.6931471805599}, .gradient = {0.5, 0.5}},
                  {.inputs = {special_array({0, NAN})}, .value = {NAN}, .gradient = {NAN, NAN}}};
            },
    }};

}  // namespace xgrad
