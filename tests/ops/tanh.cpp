#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/tanh.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_tanh{"tanh",
                                             {
                                                 .samples = [] { return unary_samples(tanh); },
                                                 .rejections = [] { return floating_rejections("tanh", tanh); },
                                                 .points = {{{INFINITY}, 1, 0}, {{-INFINITY}, -1, 0}, {{0}, 0, 1}},
                                             }};

}  // namespace xgrad
