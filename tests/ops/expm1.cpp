#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/expm1.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_expm1{
    "expm1",
    {
        .samples = [] { return unary_samples(expm1, -2, 2); },
        .rejections = [] { return floating_rejections("expm1", expm1); },
        .points =
            {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{-1000}, -1, 0}, {{1000}, INFINITY, INFINITY}, {{-INFINITY}, -1, 0}},
    }};

}  // namespace xgrad
