#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/relu.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_relu{
    "relu",
    {
        .samples = [] { return unary_samples(relu); },
        .rejections = [] { return floating_rejections("relu", relu); },
        .points = {{{0}, 0, 0}, {{-0.0}, 0, 0}, {{INFINITY}, INFINITY, 1}, {{-INFINITY}, 0, 0}, {{NAN}, NAN, NAN}},
    }};

}  // namespace xgrad
