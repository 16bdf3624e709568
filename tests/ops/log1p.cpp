#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/log1p.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_log1p{"log1p",
                                              {
                                                  .samples = [] { return unary_samples(log1p, -0.6, 2); },
                                                  .rejections = [] { return floating_rejections("log1p", log1p); },
                                                  .points = {{{0}, 0, 1},
                                                             {{1e-30}, 1e-30, 1},
                                                             {{-1}, -INFINITY, INFINITY},
                                                             {{INFINITY}, INFINITY, 0},
                                                             {{-INFINITY}, NAN, 0}},
                                              }};

}  // namespace xgrad
