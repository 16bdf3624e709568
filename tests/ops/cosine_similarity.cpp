#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cosine_similarity.hpp>

#include "loss_samples.hpp"
#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_cosine_similarity{
    "cosine_similarity",
    {
        .samples = [] { return loss_samples(cosine_similarity); },
        .rejections = [] { return loss_rejections("cosine_similarity", cosine_similarity); },
        .cases =
            [] {
              return std::vector<SpecialCase>{
                  {.inputs = {special_array({0, 0}), special_array({1, 2})}, .value = {0}, .gradient = {0, 0}},
                  {.inputs = {special_array({1, 0}), special_array({NAN, 1})}, .value = {NAN}, .gradient = {NAN, NAN}}};
            },
    }};

}  // namespace xgrad
