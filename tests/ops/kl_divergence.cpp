#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/kl_divergence.hpp>
#include <xgrad/ops/softmax.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_kl_divergence{
    "kl_divergence",
    {
        .samples =
            [] {
              auto samples = loss_samples(kl_divergence, {0.1, 1}, {0.1, 0.9});
              samples.push_back(loss_sample("of softmax", [](auto t, auto p) { return kl_divergence(t, softmax(p)); },
                                            {{"from_logits", {1}}}, {0.1, 1}));
              return samples;
            },
        .rejections = [] { return loss_rejections("kl_divergence", kl_divergence); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 1}), special_array({0.5, 0.5})},
                                               .value = {0.6931471805599453},
                                               .gradient = {0, -2}},
                                              {.inputs = {special_array({NAN, 1}), special_array({0.5, 0.5})},
                                               .value = {NAN},
                                               .gradient = {NAN, -2}},
                                              {.inputs = {special_array({1, 0}), special_array({0, 1})},
                                               .value = {16.11809565095832},
                                               .gradient = {0, 0}}};
            },
    }};

}  // namespace xgrad
