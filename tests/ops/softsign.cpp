#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>
#include <xgrad/ops/softsign.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_softsign{
    "softsign",
    {
        .samples = [] { return unary_samples(softsign); },
        .rejections = [] { return floating_rejections("softsign", softsign); },
        .points = {{{0}, 0, 1},
                   {{INFINITY}, 1, 0},
                   {{-INFINITY}, -1, 0},
                   {{1000}, 1000.0 / 1001, 1.0 / 1002001},
                   {{-1000}, -1000.0 / 1001, 1.0 / 1002001}},
    }};

}  // namespace xgrad
