#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/log2.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
static const RegisterSamples samples_of_log2{
    "log2",
    {
        .samples = [] { return unary_samples(log2, 0.3, 3); },
        .rejections = [] { return floating_rejections("log2", log2); },
        .points = {{{0}, -INFINITY, INFINITY}, {{1024}, 10, std::numbers::log2e / 1024}, {{INFINITY}, INFINITY, 0}},
    }};

static const RegisterSamples samples_of_log10{
    "log10",
    {
        .samples = [] { return unary_samples(log10, 0.3, 3); },
        .rejections = [] { return floating_rejections("log10", log10); },
        .points = {{{0}, -INFINITY, INFINITY}, {{1000}, 3, std::numbers::log10e / 1000}, {{INFINITY}, INFINITY, 0}},
    }};

}  // namespace xgrad
