#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/softplus.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_softplus{
    "softplus",
    {
        .samples = [] { return unary_samples(softplus); },
        .rejections = [] { return floating_rejections("softplus", softplus); },
        .points = {{{INFINITY}, INFINITY, 1}, {{-INFINITY}, 0, 0}, {{1000}, 1000, 1}, {{0}, 0.6931471805599453, 0.5}},
    }};

}  // namespace xgrad
