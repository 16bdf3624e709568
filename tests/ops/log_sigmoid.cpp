#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/log_sigmoid.hpp>

namespace xgrad {

static const RegisterSamples samples_of_log_sigmoid{
    "log_sigmoid",
    {
        .samples = [] { return unary_samples(log_sigmoid); },
        .rejections = [] { return floating_rejections("log_sigmoid", log_sigmoid); },
        .points = {{{1000}, 0, 0}, {{-1000}, -1000, 1}},
    }};

}  // namespace xgrad
