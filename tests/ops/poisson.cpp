#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/poisson.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {
namespace {

constexpr SampleRange rates{0.2, 3};

constexpr SampleRange counts{0, 4};

}  // namespace

static const RegisterSamples samples_of_poisson{"poisson",
                                                {
                                                    .samples = [] { return loss_samples(poisson, counts, rates); },
                                                    .rejections = [] { return loss_rejections("poisson", poisson); },
                                                    .cases =
                                                        [] {
                                                          return std::vector<SpecialCase>{
                                                              {.inputs = {special_array({0}), special_array({0})},
                                                               .value = {0},
                                                               .gradient = {1},
                                                               .build = [](auto x) { return poisson(x[0], x[1]); }},
                                                              {.inputs = {special_array({1}), special_array({0})},
                                                               .value = {16.11809565095832},
                                                               .gradient = {-9999999},
                                                               .build = [](auto x) { return poisson(x[0], x[1]); }}};
                                                        },
                                                }};

static const RegisterSamples samples_of_poisson_nll{
    "poisson_nll",
    {
        .samples =
            [] {
              auto samples = loss_samples([](auto t, auto p) { return poisson_nll(t, p); }, counts);
              samples.push_back(loss_sample(
                  "expected counts",
                  [](auto t, auto p) { return poisson_nll(t, p, {.log_input = false, .epsilon = 1e-3}); },
                  {{"epsilon", {1e-3}}}, counts, rates));
              return samples;
            },
        .rejections = [] { return loss_rejections("poisson_nll", poisson_nll); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0}), special_array({-INFINITY})},
                                               .value = {0},
                                               .gradient = {0},
                                               .build = [](auto x) { return poisson_nll(x[0], x[1]); }},
                                              {.inputs = {special_array({1}), special_array({INFINITY})},
                                               .value = {NAN},
                                               .gradient = {INFINITY},
                                               .build = [](auto x) { return poisson_nll(x[0], x[1]); }}};
            },
    }};

}  // namespace xgrad
