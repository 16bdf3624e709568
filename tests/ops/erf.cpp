#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/erf.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_erf{
    "erf",
    {
        .samples = [] { return unary_samples(erf); },
        .rejections = [] { return floating_rejections("erf", erf); },
        .points = {{{INFINITY}, 1, 0}, {{-INFINITY}, -1, 0}, {{0}, 0, 1.1283791670955126}},
    }};

static const RegisterSamples samples_of_erfc{
    "erfc",
    {
        .samples = [] { return unary_samples(erfc); },
        .rejections = [] { return floating_rejections("erfc", erfc); },
        .points = {{{INFINITY}, 0, 0}, {{-INFINITY}, 2, 0}, {{0}, 1, -1.1283791670955126}},
    }};

}  // namespace xgrad
