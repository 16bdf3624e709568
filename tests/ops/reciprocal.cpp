#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/reciprocal.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_reciprocal{
    "reciprocal",
    {
        .samples = [] { return unary_samples(reciprocal, 0.5, 2); },
        .rejections = [] { return floating_rejections("reciprocal", reciprocal); },
        .points = {{{0}, INFINITY, -INFINITY}, {{-0.0}, -INFINITY, -INFINITY}, {{INFINITY}, 0, 0}, {{-2}, -0.5, -0.25}},
    }};

static const RegisterSamples samples_of_rsqrt{
    "rsqrt",
    {
        .samples = [] { return unary_samples(rsqrt, 0.4, 3); },
        .rejections = [] { return floating_rejections("rsqrt", rsqrt); },
        .points = {{{0}, INFINITY, -INFINITY}, {{INFINITY}, 0, 0}, {{4}, 0.5, -0.0625}},
    }};

}  // namespace xgrad
