#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/divide.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_divide{
    "divide",
    {
        .samples =
            [] {
              auto samples = binary_samples(divide, 0.5, 2);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return x[0] / 1.5; }});
              samples.push_back({"number left", {sample_values({2, 3}, -2, -0.5)}, [](auto x) { return 1.5 / x[0]; }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("divide", divide);
              rejections.push_back({"integers", [] { input({3}, {}, DType::int64) / input({3}, {}, DType::int64); },
                                    "divide: expected one of float32, float64, but got int64"});
              return rejections;
            },
        .points = {{{1, 0}, INFINITY, INFINITY},
                   {{0, 0}, NAN, INFINITY},
                   {{INFINITY, INFINITY}, NAN, 0},
                   {{1, INFINITY}, 0, 0}},
    }};

}  // namespace xgrad
