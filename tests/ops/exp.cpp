#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_exp{"exp",
                                            {
                                                .samples = [] { return unary_samples(exp); },
                                                .rejections = [] { return floating_rejections("exp", exp); },
                                                .points = {{{INFINITY}, INFINITY, INFINITY},
                                                           {{-INFINITY}, 0, 0},
                                                           {{88.5}, 2.7230878250681117e+38, 2.7230878250681117e+38},
                                                           {{1000}, INFINITY, INFINITY},
                                                           {{-1000}, 0, 0}},
                                            }};

}  // namespace xgrad
