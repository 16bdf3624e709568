#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/gelu.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_gelu{
    "gelu",
    {
        .samples =
            [] {
              auto samples = unary_samples(gelu);
              samples.push_back({"approximate", {sample_values({3, 4})}, [](auto x) { return gelu(x[0], true); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = floating_rejections("gelu", gelu);
              rejections.push_back({"integer input, approximate", [] { gelu(input({3}, {}, DType::int32), true); },
                                    "gelu: expected float32 or float64, but got int32"});
              return rejections;
            },
        .points = {{{0}, 0, 0.5}, {{INFINITY}, INFINITY, 1}, {{-INFINITY}, 0, 0}, {{1000}, 1000, 1}, {{-1000}, 0, 0}},
    }};

}  // namespace xgrad
