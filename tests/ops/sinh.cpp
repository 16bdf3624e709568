#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sinh.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_sinh{
    "sinh",
    {
        .samples = [] { return unary_samples(sinh, -2, 2); },
        .rejections = [] { return floating_rejections("sinh", sinh); },
        .points = {{{0}, 0, 1}, {{1e-30}, 1e-30, 1}, {{1000}, INFINITY, INFINITY}, {{-1000}, -INFINITY, INFINITY}},
    }};

static const RegisterSamples samples_of_cosh{
    "cosh",
    {
        .samples = [] { return unary_samples(cosh, -2, 2); },
        .rejections = [] { return floating_rejections("cosh", cosh); },
        .points = {{{0}, 1, 0}, {{1000}, INFINITY, INFINITY}, {{-1000}, INFINITY, -INFINITY}},
    }};

}  // namespace xgrad
