#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/sigmoid.hpp>

namespace xgrad {

static const RegisterSamples samples_of_sigmoid{
    "sigmoid",
    {
        .samples = [] { return unary_samples(sigmoid); },
        .rejections = [] { return floating_rejections("sigmoid", sigmoid); },
        .points = {{{1000}, 1, 0}, {{-1000}, 0, 0}},
    }};

}  // namespace xgrad
