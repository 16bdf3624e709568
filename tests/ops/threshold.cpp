#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/threshold.hpp>

#include <cmath>

namespace xgrad {
namespace {

Tensor threshold_for_samples(const Tensor& x) { return threshold(x, 0.5, -20); }

}  // namespace

static const RegisterSamples samples_of_threshold{
    "threshold",
    {
        .samples = [] { return unary_samples(threshold_for_samples); },
        .rejections = [] { return floating_rejections("threshold", threshold_for_samples); },
        .points = {{{0.5}, -20, 0}, {{1000}, 1000, 1}, {{-1000}, -20, 0}, {{NAN}, NAN, NAN}},
    }};

}  // namespace xgrad
