#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sqrt.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_sqrt{
    "sqrt",
    {
        .samples = [] { return unary_samples(sqrt, 0.2, 3); },
        .rejections = [] { return floating_rejections("sqrt", sqrt); },
        .points = {{{0}, 0, INFINITY}, {{-1}, NAN, NAN}, {{INFINITY}, INFINITY, 0}},
    }};

}  // namespace xgrad
