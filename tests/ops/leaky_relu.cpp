#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/leaky_relu.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_leaky_relu{
    "leaky_relu",
    {
        .samples =
            [] {
              auto samples = unary_samples(leaky_relu);
              samples.push_back({"slope 0.3",
                                 {sample_values({3, 4})},
                                 [](auto x) { return leaky_relu(x[0], 0.3); },
                                 {{"slope", {0.3}}}});
              return samples;
            },
        .rejections = [] { return floating_rejections("leaky_relu", leaky_relu); },
        .points = {{{0}, 0, 0.01}, {{1000}, 1000, 1}, {{-1000}, -10, 0.01}, {{NAN}, NAN, NAN}},
    }};

static const RegisterSamples samples_of_prelu{"prelu",
                                              {
                                                  .samples = [] { return binary_samples(prelu); },
                                                  .rejections = [] { return binary_rejections("prelu", prelu); },
                                                  .points = {{{0, 0.25}, 0, 0.25},
                                                             {{1000, 0.25}, 1000, 1},
                                                             {{-1000, 0.25}, -250, 0.25},
                                                             {{3, NAN}, 3, 1},
                                                             {{NAN, 0.25}, NAN, NAN}},
                                              }};

}  // namespace xgrad
