#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cbrt.hpp>
#include <xgrad/ops/divide.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_cbrt{
    "cbrt",
    {
        .samples = [] { return unary_samples(cbrt, 0.4, 3); },
        .rejections = [] { return floating_rejections("cbrt", cbrt); },
        .points = {{{0}, 0, INFINITY}, {{-8}, -2, 1.0 / 12}, {{INFINITY}, INFINITY, 0}, {{-INFINITY}, -INFINITY, 0}},
    }};

}  // namespace xgrad
