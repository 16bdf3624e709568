#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp2.hpp>
#include <xgrad/ops/multiply.hpp>

#include <cmath>
#include <numbers>

namespace xgrad {
static const RegisterSamples samples_of_exp2{"exp2",
                                             {
                                                 .samples = [] { return unary_samples(exp2, -2, 2); },
                                                 .rejections = [] { return floating_rejections("exp2", exp2); },
                                                 .points = {{{0}, 1, std::numbers::ln2},
                                                            {{10}, 1024, 1024 * std::numbers::ln2},
                                                            {{-2000}, 0, 0},
                                                            {{-INFINITY}, 0, 0}},
                                             }};

}  // namespace xgrad
