#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/multiply.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_multiply{
    "multiply",
    {
        .samples =
            [] {
              auto samples = binary_samples(multiply);
              samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return x[0] * 1.5; }});
              samples.push_back({"number left", {sample_values({2, 3})}, [](auto x) { return 1.5 * x[0]; }});
              return samples;
            },
        .rejections =
            [] {
              auto rejections = binary_rejections("multiply", multiply);
              rejections.push_back({"a fraction beside integers", [] { input({3}, {}, DType::int32) * 0.5; },
                                    "multiply: the number 0.5 does not fit int32"});
              return rejections;
            },
        .points = {{{0, INFINITY}, NAN, INFINITY}, {{INFINITY, -1}, -INFINITY, -1}},
    }};

}  // namespace xgrad
