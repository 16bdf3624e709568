#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/mish.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_mish{
    "mish",
    {
        .samples = [] { return unary_samples(mish); },
        .rejections = [] { return floating_rejections("mish", mish); },
        .points = {{{0}, 0, 0.6}, {{INFINITY}, INFINITY, 1}, {{-INFINITY}, 0, 0}, {{1000}, 1000, 1}, {{-1000}, 0, 0}},
    }};

}  // namespace xgrad
