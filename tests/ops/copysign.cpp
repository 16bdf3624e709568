#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/copysign.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_copysign{
    "copysign",
    {
        .samples =
            [] {
              auto samples = binary_samples(copysign);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return copysign(x[0], -1); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("copysign", copysign);
              rejections.push_back({"integers", [] { copysign(input({3}, {}, DType::int32), 2); },
                                    "copysign: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points = {{{0, -1}, 0, 0},
                   {{3, -0.0}, -3, -1},
                   {{-3, 0}, 3, -1},
                   {{-3, -2}, -3, 1},
                   {{INFINITY, -1}, -INFINITY, -1},
                   {{3, NAN}, 3, 1}},
    }};

}  // namespace xgrad
