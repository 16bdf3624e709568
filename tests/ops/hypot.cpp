#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/hypot.hpp>

#include <cmath>

namespace xgrad {
static const RegisterSamples samples_of_hypot{
    "hypot",
    {
        .samples =
            [] {
              auto samples = binary_samples(hypot);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return hypot(x[0], 1.5); }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("hypot", hypot);
              rejections.push_back({"integers", [] { hypot(input({3}, {}, DType::int32), 2); },
                                    "hypot: expected one of float32, float64, but got int32"});
              return rejections;
            },
        .points =
            {{{0, 0}, 0, 0}, {{3, 4}, 5, 0.6}, {{0, 2}, 2, 0}, {{1e30, 0}, 1e30, 1}, {{1, INFINITY}, INFINITY, 0}},
    }};

}  // namespace xgrad
