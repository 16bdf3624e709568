#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/silu.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_silu{
    "silu",
    {
        .samples = [] { return unary_samples(silu); },
        .rejections = [] { return floating_rejections("silu", silu); },
        .points = {{{0}, 0, 0.5}, {{INFINITY}, INFINITY, 1}, {{-INFINITY}, 0, 0}, {{1000}, 1000, 1}, {{-1000}, 0, 0}},
    }};

}  // namespace xgrad
